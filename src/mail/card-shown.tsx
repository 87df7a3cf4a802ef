import type { Action, Card, Part, Quoted } from './mail-page.js';
import { accentOf, fontsOf, styles } from './mail-style.js';
import { capitalised } from './reminder-words.js';
import { directionOf, quoted as inQuotationMarks } from './said.js';
import { attributesOf, Said, TextShown } from './said-shown.js';

/** `among` others it is set smaller. */
export function CardShown({ card, page, among }: { card: Card; page: string; among: boolean }) {
  const { reference, title, otherTitle, state, day, counting, isLate, sections } = card;
  const accent = accentOf(isLate);
  const late = isLate ? ' late' : '';
  const Heading = among ? 'h3' : 'h1';
  const [first, ...rest] = state;
  return (
    <div
      class={`card${late}${among ? ' among' : ''}`}
      style={`${styles.card}${among ? styles.among : ''};border-top-color:${accent}`}
    >
      <p class="quiet" style={styles.reference}>
        {reference}
      </p>
      <Heading class="ink" style={among ? styles.titleAmong : styles.title}>
        <QuotedShown quoted={title} page={page} />
      </Heading>
      {otherTitle && (
        <p class="quiet" style={styles.otherTitle}>
          <TextShown text={otherTitle} page={page} />
        </p>
      )}
      <div class="deadline" style={among ? styles.deadlineAmong : styles.deadline}>
        <p class={`accent${late}`} style={`${among ? styles.stateAmong : styles.state};color:${accent}`}>
          <Said line={typeof first === 'string' ? [capitalised(first), ...rest] : state} page={page} />
        </p>
        <p class="ink" style={styles.day}>
          {day}
        </p>
        {counting.map((each) => (
          <p class="quiet" style={styles.counting}>
            <Said line={each} page={page} />
          </p>
        ))}
      </div>
      {sections.map(({ heading, parts }) => (
        <>
          {heading && (
            <h2 class="quiet" style={styles.heading}>
              {heading}
            </h2>
          )}
          {parts.map((part) => (
            <PartShown part={part} page={page} accent={accent} late={late} />
          ))}
        </>
      ))}
    </div>
  );
}

function PartShown({ part, page, accent, late }: { part: Part; page: string; accent: string; late: string }) {
  if ('text' in part) {
    return (
      <p style={styles.text}>
        <Said line={part.text} page={page} />
      </p>
    );
  }
  if ('quotation' in part) return <Quotation quoted={part.quotation} page={page} />;
  if ('list' in part) {
    return (
      <ul style={styles.list}>
        {part.list.map((item) => (
          <li>
            <Said line={item} page={page} />
          </li>
        ))}
      </ul>
    );
  }
  if ('action' in part) return <Button action={part.action} accent={accent} late={late} />;
  const [actions, main] = 'links' in part ? [part.links, part.links[0]] : [part.otherActions, undefined];
  return (
    <p class="actions" style={styles.actions}>
      {actions.map((action) => (
        <a
          class={`accent${late}`}
          href={action.url}
          style={`${styles.action};${action === main ? 'font-weight:700;' : ''}color:${accent}`}
        >
          {action.label}
        </a>
      ))}
    </p>
  );
}

function Button({ action: { label, url }, accent, late }: { action: Action; accent: string; late: string }) {
  return (
    <>
      <a class={`button${late}`} href={url} style={`${styles.button};background-color:${accent}`}>
        {label}
      </a>
      <p class="quiet" style={styles.address}>
        {url}
      </p>
    </>
  );
}

function Quotation({ quoted: { text, mark }, page }: { quoted: Quoted; page: string }) {
  const side = directionOf(text.language) === 'rtl' ? styles.quotationRtl : styles.quotationLtr;
  return (
    <>
      <blockquote
        class="quotation"
        style={`${styles.quotation}${side};font-family:${fontsOf(text.language, 'serif')}`}
        {...attributesOf(text, page)}
      >
        {inQuotationMarks(text).words}
      </blockquote>
      {mark && (
        <p class="quiet" style={styles.counting}>
          {mark.trim()}
        </p>
      )}
    </>
  );
}

function QuotedShown({ quoted: { text, mark }, page }: { quoted: Quoted; page: string }) {
  return (
    <>
      <span style={`font-family:${fontsOf(text.language, 'serif')}`} {...attributesOf(text, page)}>
        {text.words}
      </span>
      {mark && (
        <span class="quiet" style={styles.mark}>
          {mark}
        </span>
      )}
    </>
  );
}
