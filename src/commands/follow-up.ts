import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  followUp,
  type FollowUpCommand,
  type FollowUpHolding,
  followUpKinds,
  type FollowUpMove,
  type FollowUpOutcome,
  type FollowUpPlan,
} from '../domain/follow-up.js';
import { mustBeOngoing } from '../domain/dialogue.js';
import { readerIn } from '../domain/confidentiality.js';
import { NotFound } from '../domain/refusal.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, type Reference, REGISTRY } from './asked.js';
import { Decisions } from './decisions.js';
import { change, id, ids, line, partialDate, roundNumber, title, words } from './fields.js';

export const scheduleFollowUp = change({
  id: id.optional().meta({ description: 'Chosen for you when absent.' }),
  kind: z.enum(followUpKinds),
  titles: title,
  plannedFor: partialDate.optional(),
  place: title.optional(),
  round: roundNumber.optional().meta({ description: 'Round at whose margin it takes place.' }),
  commitments: ids(200).default([]),
  focusAreas: ids(100).default([]),
}) satisfies z.ZodType<Omit<FollowUpPlan, 'id'>>;

export const holdFollowUp = change({
  on: partialDate,
  subject: words.optional(),
  with: z
    .array(
      z
        .strictObject({ name: line(200).optional(), office: title.optional(), organisation: id.optional() })
        .refine((attendee) => Object.keys(attendee).length > 0, 'must say who'),
    )
    .max(200)
    .default([]),
}) satisfies z.ZodType<FollowUpHolding>;

export const rescheduleFollowUp = change({
  plannedFor: partialDate,
  place: title.optional(),
}) satisfies z.ZodType<FollowUpMove>;

export const recordFollowUpOutcome = change({
  outcome: words,
  nextStep: words.optional().meta({ description: 'What is to happen next.' }),
}) satisfies z.ZodType<FollowUpOutcome>;

export const cancelFollowUp = change({});
export const recordFollowUpMissed = change({});

/** Something asked of a follow-up. */
export class ChangeFollowUp extends Command<Decided> {
  constructor(readonly asked: Asked<FollowUpCommand>) {
    super();
  }
}

@CommandHandler(ChangeFollowUp)
export class ChangeFollowUpHandler implements ICommandHandler<ChangeFollowUp> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeFollowUp): Promise<Decided> {
    return this.decisions.make(async (decision) => {
      const dialogue = await decision.dialogue(asked.log);
      mustBeOngoing(dialogue);
      const reader = readerIn(dialogue.everyParty, asked.actor);
      await decision.mustExist(referencesOf(asked), reader);
      const isHidden =
        asked.command.type !== 'ScheduleFollowUp' &&
        (await decision.isFollowUpWithheld(reader, asked.log, asked.id));
      if (isHidden) throw new NotFound('no-such-follow-up', 'This follow-up has not been scheduled.');
      return decision.decide(followUp, asked, dialogue.parties, { reason: asked.said.reason });
    });
  }
}

function referencesOf({ log, command }: Asked<FollowUpCommand>): Reference[] {
  if (command.type === 'HoldFollowUp') {
    return command.data.with.flatMap(({ organisation }, index) =>
      organisation
        ? [{ log: REGISTRY, kind: 'organisation', id: organisation, field: `/with/${index}/organisation` }]
        : [],
    );
  }
  if (command.type !== 'ScheduleFollowUp') return [];
  const { commitments, focusAreas, round } = command.data;
  return [
    ...commitments.map((each, index) => ({
      log,
      kind: 'commitment',
      id: each,
      field: `/commitments/${index}`,
    })),
    ...focusAreas.map((each, index) => ({
      log,
      kind: 'focus-area',
      id: each,
      field: `/focusAreas/${index}`,
    })),
    ...(round === undefined ? [] : [{ log, kind: 'round', id: round, field: '/round' }]),
  ];
}
