import type { Entry } from '../domain/event.js';

/** The version that new events of every type are written in. */
export const SCHEMA_VERSION = 1;

/**
 * Old events are never rewritten: what lifts an entry of `<type>@<schemaVersion>` to the next version stands
 * here, and runs each time such an entry is read.
 */
const upcasters: Readonly<Record<string, (entry: Entry) => Entry>> = {};

/** The entry in the form that today's code understands. */
export function upcast(entry: Entry): Entry {
  let current = entry;
  for (let lift = next(current); lift; lift = next(current)) current = lift(current);
  return current;
}

function next(entry: Entry): ((entry: Entry) => Entry) | undefined {
  return upcasters[`${entry.type}@${entry.schemaVersion}`];
}
