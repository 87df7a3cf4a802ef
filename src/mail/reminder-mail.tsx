import { renderToString } from 'preact-render-to-string';
import type { ReminderContent, WithheldReminder } from './reminder-content.js';
import { accentOf, styles, styleSheet } from './reminder-style.js';
import { textOf } from './reminder-text.js';
import { type Part, type ReminderWords, withheldWordsOf, wordsOf } from './reminder-words.js';

export type { ReminderContent, WithheldReminder } from './reminder-content.js';

/** The mail that reminds one person of one commitment, as plain text and HTML with the same words. */
export function reminderMail(reminder: ReminderContent | WithheldReminder): {
  subject: string;
  text: string;
  html: string;
} {
  const words = 'withheld' in reminder ? withheldWordsOf(reminder) : wordsOf(reminder);
  return {
    subject: words.subject,
    text: textOf(words),
    html: `<!doctype html>\n${renderToString(<ReminderPage {...words} />)}`,
  };
}

/** Complete without a style sheet, without pictures and without anything to fetch. */
function ReminderPage({ subject, preview, notice, footer, ...words }: ReminderWords) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style dangerouslySetInnerHTML={{ __html: styleSheet(words.late) }} />
      </head>
      <body class="page" style={styles.page}>
        <div style={styles.preview}>{preview}</div>
        <div class="page frame" style={styles.frame}>
          {notice && (
            <p class="notice" style={styles.notice}>
              {notice}
            </p>
          )}
          <Card {...words} />
          <div class="footer quiet" style={styles.footer}>
            {footer.map((line) => (
              <p style={styles.footerLine}>{line}</p>
            ))}
          </div>
        </div>
      </body>
    </html>
  );
}

type CardWords = Pick<
  ReminderWords,
  'reference' | 'title' | 'time' | 'day' | 'counting' | 'late' | 'sections'
>;

function Card({ reference, title, time, day, counting, late, sections }: CardWords) {
  const accent = accentOf(late);
  return (
    <div class="card" style={`${styles.card};border-top-color:${accent}`}>
      <p class="quiet" style={styles.reference}>
        {reference}
      </p>
      <h1 class="ink" style={styles.title}>
        {title}
      </h1>
      <div class="deadline" style={styles.deadline}>
        <p class="accent" style={`${styles.time};color:${accent}`}>
          {time}
        </p>
        <p class="ink" style={styles.day}>
          {day}
        </p>
        {counting.map((line) => (
          <p class="quiet" style={styles.counting}>
            {line}
          </p>
        ))}
      </div>
      {sections.map(({ heading, parts }) => (
        <div>
          <h2 class="quiet" style={styles.heading}>
            {heading}
          </h2>
          {parts.map((part) => (
            <PartShown part={part} accent={accent} />
          ))}
        </div>
      ))}
    </div>
  );
}

function PartShown({ part, accent }: { part: Part; accent: string }) {
  if ('text' in part) return <p style={styles.text}>{part.text}</p>;
  if ('quotation' in part) {
    return (
      <blockquote class="quotation" style={styles.quotation}>
        “{part.quotation.trim()}”
      </blockquote>
    );
  }
  if ('list' in part) {
    return (
      <ul style={styles.list}>
        {part.list.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    );
  }
  const { label, url } = part.link;
  return (
    <>
      <a class="button" href={url} style={`${styles.button};background-color:${accent}`}>
        {label}
      </a>
      <p class="quiet" style={styles.address}>
        {url}
      </p>
    </>
  );
}
