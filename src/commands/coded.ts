import type { Coded } from '../domain/coded.js';
import type { Folder } from '../event-store/looked-up-streams.js';
import type { Decision } from './decision.js';
import { id, ids, partialDate } from './fields.js';

/** From when new names hold. */
export const from = partialDate.meta({
  description: 'From when it is called so, as precise as is known. The name before holds until then.',
});

export const merging = { into: id.meta({ description: 'Code of the one that takes its place.' }) };
export const splitting = {
  into: ids(20).min(2).meta({ description: 'Codes of those that take its place.' }),
};

/** The states of what a command names of the same kind as it changes, by their codes. */
export async function namedIn<Event>(
  data: object,
  decider: Folder<Coded, Event>,
  log: string,
  decision: Decision,
): Promise<ReadonlyMap<string, Coded>> {
  const { into = [], parent = [] } = data as { into?: string | string[]; parent?: string };
  const codes = [into, parent].flat();
  return new Map(
    await Promise.all(codes.map(async (code) => [code, await decision.load(decider, log, code)] as const)),
  );
}
