/** The table of events in SQL, with or without its schema, in quotes or in Kysely's terms. */
const event =
  /(?:only\s+)?(?:"?pacta"?\.)?(?:"event"|event\b|\$\{sql\.(?:table|ref|id)\(['"`](?:pacta\.)?event['"`]\)\})/;

const changing: readonly RegExp[] = [
  ...[
    /\bupdate\s+/,
    /\bdelete\s+from\s+/,
    /\btruncate\s+(?:table\s+)?(?:[\w".]+\s*,\s*)*/,
    /\bmerge\s+into\s+/,
    /\bdrop\s+table\s+(?:if\s+exists\s+)?(?:[\w".]+\s*,\s*)*/,
  ].map((verb) => new RegExp(verb.source + event.source, 'gi')),
  // How the table is stored and vacuumed is no change of what stands in it.
  new RegExp(`\\balter\\s+table\\s+(?:if\\s+exists\\s+)?${event.source}(?!\\s+set\\s*\\()`, 'gi'),
  new RegExp(`\\binsert\\s+into\\s+${event.source}[^;]*?\\bon\\s+conflict\\b[^;]*?\\bdo\\s+update\\b`, 'gi'),
  /\.(?:updateTable|deleteFrom|mergeInto|replaceInto|truncate|dropTable|alterTable)\(\s*['"`](?:pacta\.)?event\b/g,
];

/** Every statement in the text, of SQL or of Kysely, that would change or remove events or their table. */
export function changesOfEvents(text: string): string[] {
  return changing.flatMap((statement) => text.match(statement) ?? []);
}

export interface Grant {
  readonly privileges: readonly string[];
  readonly on: readonly string[];
  readonly to: string;
}

/** Every right that the SQL gives to anyone. */
export function grantsIn(sql: string): Grant[] {
  const statements = sql
    .replace(/--.*$/gm, '')
    .matchAll(/\bgrant\s+([^;]*?)\s+on\s+([^;]*?)\s+to\s+([^;]+?)\s*;/gi);
  return [...statements].map(([, privileges, on, to]) => ({
    privileges: listed(privileges!),
    on: listed(on!).map((table) => table.replace(/^table\s+/, '').replace(/^pacta\./, '')),
    to: to!,
  }));
}

function listed(names: string): string[] {
  return names.split(',').map((name) => name.trim().replaceAll('"', '').replace(/\s+/g, ' ').toLowerCase());
}
