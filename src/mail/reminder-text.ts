import type { Part, ReminderWords } from './reminder-words.js';

/** A reminder as plain text. Lines are left long: mail programs break them to fit. */
export function textOf({
  notice,
  reference,
  title,
  time,
  day,
  counting,
  sections,
  footer,
}: ReminderWords): string {
  const blocks = [
    ...(notice ? [notice] : []),
    [`${reference} ${title}`, time, day, ...counting].join('\n'),
    ...sections.map(({ heading, parts }) => [heading.toUpperCase(), ...parts.map(textOfPart)].join('\n')),
    // Mail programs take what follows this line for a signature and set it back.
    `-- \n${footer.join('\n')}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function textOfPart(part: Part): string {
  if ('text' in part) return part.text;
  if ('list' in part) return part.list.map((item) => `- ${item}`).join('\n');
  if ('quotation' in part) return `“${part.quotation.trim()}”`;
  return `${part.link.label}:\n${part.link.url}`;
}
