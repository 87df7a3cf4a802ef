import type { Action, Card, MailPage, Part } from './mail-page.js';
import { capitalised } from './reminder-words.js';
import { directionOf, type Line, quoted, type Text } from './said.js';

/** A mail as plain text. Lines are left long: mail programs break them to fit. */
export function textOf({ notices, heading, groups, footer }: MailPage): string {
  const blocks = [
    ...notices,
    ...(heading ? [[written(heading.about), heading.counts.join(heading.separator)].join('\n')] : []),
    ...groups.flatMap((group) => [
      ...(group.heading ? [`${RULE}\n${written(group.heading).toUpperCase()}`] : []),
      ...group.cards.flatMap(textOfCard),
    ]),
    // Mail programs take what follows this line for a signature and set it back.
    `-- \n${[...footer.lines.map(written), ...footer.actions.map(textOfAction)].join('\n')}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const RULE = '-'.repeat(40);

function textOfCard({ reference, title, otherTitle, state, day, counting, sections }: Card): string[] {
  const top = [
    `${reference} ${inItsDirection(title.text)}${title.mark}`,
    ...(otherTitle ? [inItsDirection(otherTitle)] : []),
    capitalised(written(state)),
    day,
    ...counting.map(written),
  ];
  const parts = sections.map(({ heading, parts: each }) =>
    [...(heading ? [heading.toUpperCase()] : []), ...each.map(textOfPart)].join('\n'),
  );
  return [top.join('\n'), ...parts];
}

function textOfPart(part: Part): string {
  if ('text' in part) return written(part.text);
  if ('list' in part) return part.list.map((item) => `- ${written(item)}`).join('\n');
  if ('quotation' in part) return `${inItsDirection(quoted(part.quotation.text))}${part.quotation.mark}`;
  if ('action' in part) return textOfAction(part.action);
  return ('links' in part ? part.links : part.otherActions).map(textOfAction).join('\n');
}

function textOfAction({ label, url }: Action): string {
  return `${label}:\n${url}`;
}

function written(said: Line): string {
  return said.map((part) => (typeof part === 'string' ? part : inItsDirection(part))).join('');
}

/** Words that run from right to left are set apart (first strong isolate), or they would take along what stands beside them. */
function inItsDirection({ words, language }: Text): string {
  return directionOf(language) === 'rtl' ? `\u2068${words}\u2069` : words;
}
