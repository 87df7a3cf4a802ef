import { renderToString } from 'preact-render-to-string';
import { CardShown } from './card-shown.js';
import type { MailPage } from './mail-page.js';
import { fontsOf, styles, styleSheet } from './mail-style.js';
import { Said } from './said-shown.js';

/** A mail as HTML, complete without a style sheet, without pictures and without anything to fetch. */
export function htmlOf(page: MailPage): string {
  return `<!doctype html>\n${renderToString(<Page {...page} />)}`;
}

function Page({ language, subject, preview, notices, heading, groups, footer }: MailPage) {
  return (
    <html lang={language} dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style dangerouslySetInnerHTML={{ __html: styleSheet }} />
      </head>
      <body class="page" style={`${styles.page};font-family:${fontsOf(language)}`}>
        <div style={styles.preview}>{preview}</div>
        <main class="page frame" style={styles.frame}>
          {notices.map((notice) => (
            <p class="notice" style={styles.notice}>
              {notice}
            </p>
          ))}
          {heading && (
            <div class="head" style={styles.head}>
              <h1 class="ink" style={styles.counts}>
                {heading.counts.map((count, index) => (
                  <Count
                    count={count}
                    separator={index + 1 < heading.counts.length ? heading.separator : ''}
                  />
                ))}
              </h1>
              <p class="quiet" style={styles.about}>
                <Said line={heading.about} page={language} />
              </p>
            </div>
          )}
          {groups.map((group) => (
            <>
              {group.heading && (
                <h2 class="quiet area" style={styles.area}>
                  <Said line={group.heading} page={language} />
                </h2>
              )}
              {group.cards.map((card) => (
                <CardShown card={card} page={language} among={heading !== undefined} />
              ))}
            </>
          ))}
          <div class="footer quiet" style={styles.footer}>
            {footer.lines.map((each) => (
              <p style={styles.footerLine}>
                <Said line={each} page={language} />
              </p>
            ))}
            {footer.actions.map(({ label, url }) => (
              <p style={styles.footerLine}>
                <a class="quiet" style={styles.footerLink} href={url}>
                  {label}
                </a>
              </p>
            ))}
          </div>
        </main>
      </body>
    </html>
  );
}

/** What belongs together is not broken, and no line begins with what separates. */
function Count({ count, separator }: { count: string; separator: string }) {
  return (
    <>
      <span style={styles.count}>
        {count}
        {separator.trimEnd()}
      </span>
      {separator.endsWith(' ') && ' '}
    </>
  );
}
