import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { commitment } from '../domain/commitment/commitment.js';
import { isShared } from '../domain/commitment/confidentiality.js';
import { mustBeOngoing } from '../domain/dialogue.js';
import {
  type Adoption,
  type CoChair,
  round,
  type RoundCommand,
  type RoundHolding,
  type RoundMove,
  type RoundPlan,
} from '../domain/round.js';
import type { Review, RoundClose } from '../domain/round-close.js';
import { sourceDocument, speaksForAll } from '../domain/source-document.js';
import type { Decided } from '../event-store/run-decider.js';
import { citesJointDocument } from './commitment-circumstances.js';
import { type Asked, type Reference, REGISTRY } from './asked.js';
import type { Decision } from './decision.js';
import { Decisions } from './decisions.js';
import {
  change,
  day,
  id,
  ids,
  partialDate,
  partyCode,
  roundNumber,
  title,
  words,
  zone,
  line,
} from './fields.js';

const zoneOfPlace = zone.meta({ description: 'Time zone of the place.' });

export const scheduleRound = change({
  number: roundNumber,
  plannedFor: partialDate,
  zone: zoneOfPlace,
  place: title,
}) satisfies z.ZodType<RoundPlan>;

export const rescheduleRound = change({
  plannedFor: partialDate,
  zone: zoneOfPlace.optional(),
  place: title.optional(),
}) satisfies z.ZodType<RoundMove>;

export const postponeRound = change({});
export const cancelRound = change({});

export const holdRound = change({
  on: day,
  place: title.optional(),
  topics: words.optional(),
}) satisfies z.ZodType<RoundHolding>;

export const nameCoChair = change({
  party: partyCode,
  name: line(200).meta({ description: 'The name as the cited source gives it.' }),
  office: title,
  organisation: id.optional(),
  note: words.optional(),
}) satisfies z.ZodType<CoChair>;

export const adoptOutcomeDocument = change({
  document: id.meta({ description: 'Id of a source document that all parties put their name to.' }),
}) satisfies z.ZodType<Adoption>;

export const closeRound = change({
  on: day,
  lapsed: ids(5000)
    .default([])
    .meta({ description: 'Open commitments that end here undelivered; all others are carried over.' }),
}) satisfies z.ZodType<RoundClose>;

/** Something asked of a round. */
export class ChangeRound extends Command<Decided> {
  constructor(readonly asked: Asked<RoundCommand>) {
    super();
  }
}

@CommandHandler(ChangeRound)
export class ChangeRoundHandler implements ICommandHandler<ChangeRound> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeRound): Promise<Decided> {
    return this.decisions.make(async (decision) => {
      const dialogue = await decision.dialogue(asked.log);
      mustBeOngoing(dialogue);
      await decision.mustExist(referencesOf(asked));
      return decision.decide(round, asked, dialogue.parties, {
        parties: dialogue.parties,
        reason: asked.said.reason,
        jointDocument: await adoptsJointDocument(decision, asked),
        jointSource: await citesJointDocument(decision, asked),
        review: await reviewFor(decision, asked),
      });
    });
  }
}

async function adoptsJointDocument(
  decision: Decision,
  { log, command, actor }: Asked<RoundCommand>,
): Promise<boolean> {
  if (command.type !== 'AdoptOutcomeDocument') return false;
  return speaksForAll(await decision.load(sourceDocument, log, command.data.document), actor);
}

/** Read from the log, not from a view: a view may be behind, and what a close fixes is fixed for ever. */
async function reviewFor(decision: Decision, { log, command }: Asked<RoundCommand>): Promise<Review> {
  if (command.type !== 'CloseRound') return { asOf: 0, commitments: [] };
  const { asOf, states } = await decision.all(commitment, log);
  const commitments = [...states].flatMap(([each, state]) =>
    // What one side keeps to itself is no part of what the round has before it.
    state && isShared(state) ? [{ id: each, status: state.status, round: state.statement.round }] : [],
  );
  return { asOf, commitments };
}

function referencesOf({ log, command }: Asked<RoundCommand>): Reference[] {
  if (command.type === 'AdoptOutcomeDocument') {
    return [{ log, kind: sourceDocument.kind, id: command.data.document, field: '/document' }];
  }
  if (command.type !== 'NameCoChair' || !command.data.organisation) return [];
  return [{ log: REGISTRY, kind: 'organisation', id: command.data.organisation, field: '/organisation' }];
}
