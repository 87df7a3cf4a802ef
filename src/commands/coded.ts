import type { Coded } from '../domain/coded.js';
import type { Decider } from '../domain/decider.js';
import type { PactaFact } from '../domain/vocabulary.js';
import type { RestsOn } from '../event-store/append.js';
import type { Decisions } from './decisions.js';
import { id, ids, partialDate } from './fields.js';

/** From when new names hold. */
export const from = partialDate.meta({
  description: 'From when it is called so, as precise as is known. The name before holds until then.',
});

export const merging = { into: id.meta({ description: 'Code of the one that takes its place.' }) };
export const splitting = {
  into: ids(20).min(2).meta({ description: 'Codes of those that take its place.' }),
};

/** The states of what a command names of the same kind as it changes, by their codes; the decision rests on them. */
export async function namedIn<Event extends PactaFact>(
  data: object,
  decider: Pick<Decider<Coded, never, Event>, 'kind' | 'initial' | 'evolve'>,
  log: string,
  decisions: Decisions,
): Promise<{ named: ReadonlyMap<string, Coded>; restsOn: RestsOn }> {
  const { into = [], parent = [] } = data as { into?: string | string[]; parent?: string };
  const codes = [into, parent].flat();
  const asOf = await decisions.head(log);
  const named = new Map(
    await Promise.all(codes.map(async (code) => [code, await decisions.load(decider, log, code)] as const)),
  );
  return { named, restsOn: { streams: codes.map((code) => `${decider.kind}-${code}`), asOf } };
}
