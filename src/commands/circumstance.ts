import { randomUUID } from 'node:crypto';
import type { Actor } from '../domain/actor.js';
import { dayIn, mustHaveBegun, type PartialDate } from '../domain/calendar.js';
import { mustBeOwnToWithhold } from '../domain/confidentiality.js';
import { type Party, partyOf } from '../domain/dialogue.js';
import type { Circumstance } from '../domain/event.js';
import { Forbidden } from '../domain/refusal.js';
import type { Asked } from './asked.js';

/**
 * Who acts, when it was so and on what it rests, as the events of a command will say it. `parties` are those of the dialogue;
 * empty for the registry. `now` is an instant, ISO 8601. Throws the domain's Refusal.
 */
export function circumstanceOf(asked: Asked<unknown>, parties: readonly Party[], now: string): Circumstance {
  const { actor, command, said } = asked;
  mustTakePart(actor, parties);
  const occurredOn = said.occurredOn ?? dayOf(command) ?? todayOf(actor, parties, now);
  if (said.occurredOn) mustHaveBegun(said.occurredOn, now);
  if (said.onBehalfOf) partyOf(parties, said.onBehalfOf, '/onBehalfOf');
  if (said.confidentiality) mustBeOwnToWithhold(actor, said.confidentiality, '/confidentiality/party');
  return {
    actor,
    causationId: asked.causationId ?? randomUUID(),
    correlationId: asked.correlationId,
    ...said,
    occurredOn,
  };
}

/**
 * Refuses someone of a party that is none of those concerned: what is granted to them in every dialogue lets them announce
 * one and register what dialogues share, and speak where their party takes part. 403 `not-a-party`.
 */
function mustTakePart({ party }: Actor, parties: readonly Party[]): void {
  if (!party || parties.length === 0 || parties.some(({ code }) => code === party)) return;
  throw new Forbidden(
    'not-a-party',
    `${party} takes no part in this dialogue; it puts nothing on record here.`,
  );
}

/** The day that a command is itself about: when a meeting was held, or from when a name holds. */
function dayOf(command: unknown): PartialDate | undefined {
  const { type, data } = command as { type: string; data: { on?: PartialDate; from?: PartialDate } };
  return data.on ?? (type.startsWith('Rename') ? data.from : undefined);
}

function todayOf(actor: Actor, parties: readonly Party[], now: string): string {
  const home = parties.find((party) => party.code === actor.party);
  return dayIn(home?.zone ?? 'UTC', now);
}
