import { z } from 'zod';
import type { OpenAPIObject } from '@nestjs/swagger';

/** Schemas of answers, for the description of the API. */

type Schema = Exclude<
  NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string],
  { $ref: string }
>;

const count = z.int().min(0);
const texts = z.record(z.string(), z.string());

export const counts = z.object({
  proposed: count.meta({ description: 'On record from one side only; the text is not agreed yet.' }),
  open: count.meta({ description: 'Agreed, in progress or claimed.' }),
  onTrack: count,
  atRisk: count,
  offTrack: count,
  notReported: count.meta({
    description: 'Open, without a report of the last 90 days: which is not "not started".',
  }),
  dueSoon: count.meta({ description: 'Open, not claimed, ends within 30 days.' }),
  overdue: count.meta({ description: 'Open, not claimed, ended in the zone of every responsible party.' }),
  noDate: count.meta({ description: 'Open, not claimed, no calendar date follows from the words agreed.' }),
  claimed: count.meta({ description: 'Claimed as delivered, awaiting confirmation.' }),
  verified: count,
  ended: count.meta({ description: 'Ended undelivered, by decision.' }),
});

const standing = {
  dialogue: z.string(),
  titles: texts,
  invented: z.boolean().meta({ description: 'True for an example that never happened.' }),
  position: z.int().meta({ description: 'Position of the log that the view has reached.' }),
  todays: z
    .array(z.object({ party: z.string(), today: z.iso.date() }))
    .meta({ description: 'The day it is for each party: due soon and overdue are judged by it.' }),
  totals: counts.meta({ description: 'Each commitment once, however many focus areas it is grouped under.' }),
};

export const focusAreaStatusAnswer = z.object({
  code: z.string(),
  names: texts,
  scope: texts.optional(),
  parent: z.string().optional(),
  ended: z
    .object({
      how: z.enum(['merged', 'split', 'retired']),
      on: z.string(),
      reason: z.string().optional(),
      successors: z.array(z.string()),
    })
    .optional()
    .meta({
      description: 'It takes no new commitments; those that it has are counted until they are moved.',
    }),
  counts,
});

export const dialogueStatusAnswer = z.object({
  ...standing,
  withheld: count.optional().meta({
    description: 'Commitments that the parties share and you may not see; not told when there are few.',
  }),
  focusAreas: z.array(focusAreaStatusAnswer),
});
export const statusAnswer = z.object({ dialogues: z.array(dialogueStatusAnswer) });

export const changed = z
  .object({
    id: z.string(),
    version: z.int().meta({ description: 'Number of events of the changed stream that you may see.' }),
    position: z.int().meta({ description: 'Place of its last event in the log; usable in If-Match.' }),
  })
  .meta({ id: 'Changed' });

export const dialogueAnswer = z.looseObject({
  slug: z.string(),
  titles: texts,
  parties: z.array(
    z.looseObject({
      code: z.string(),
      names: texts,
      zone: z.string(),
      left: z.string().optional().meta({ description: 'When it left; absent while it takes part.' }),
    }),
  ),
  level: z.string(),
  cadence: z.string().optional(),
  verificationRules: z
    .array(z.object({ from: z.iso.date(), answerWithinDays: z.int().optional() }))
    .optional()
    .meta({ description: 'In the order in which they were set; each for claims made from its day on.' }),
  reminderPolicy: z
    .looseObject({
      daysBefore: z.array(z.int()),
      daysAfter: z.array(z.int()),
      weeks: z.int(),
      monthly: z.boolean(),
      reviewEveryDays: z.int(),
      silentAfterDays: z.int(),
      escalation: z.object({
        headOfDivision: z.int(),
        secretariats: z.int(),
        coChairs: z.int(),
        coChairsBeforeRound: z.int(),
      }),
    })
    .optional()
    .meta({ description: 'When reminders go out; absent while the default holds.' }),
  concluded: z.object({ on: z.string(), reason: z.string().optional() }).optional(),
  invented: z.boolean(),
});

const listedCommitment = {
  id: z.string(),
  titles: texts,
  focusAreas: z.array(z.string()),
  round: z.int().optional().meta({ description: 'Round it comes from.' }),
};
const reached = z.object({ ...listedCommitment, status: z.string(), on: z.string() });

export const stockTakeAnswer = z.object({
  dialogue: z.string(),
  round: z.object({ number: z.int(), status: z.string(), plannedFor: z.string() }),
  since: z
    .object({ round: z.int(), on: z.iso.date() })
    .optional()
    .meta({ description: 'The round held before this one.' }),
  todays: standing.todays,
  counts: z.object({
    open: count,
    overdue: count,
    awaitingKey: count,
    carriedOverTwiceOrMore: count,
    undecided: count,
    verified: count,
    ended: count,
  }),
  open: z.array(
    z.looseObject({
      ...listedCommitment,
      status: z.string(),
      health: z.string(),
      awaiting: z
        .object({ claimOf: z.array(z.string()), keyOf: z.array(z.string()) })
        .meta({ description: 'Whose turn it is.' }),
      timesCarriedOver: count,
      lastReport: z.string().optional(),
      silentForDays: count
        .optional()
        .meta({ description: 'Since the last report or, where there is none, since it was agreed.' }),
    }),
  ),
  undecided: z.array(z.object({ ...listedCommitment, textConfirmedBy: z.array(z.string()) })),
  verified: z.array(reached).meta({ description: 'Since the round held before this one.' }),
  ended: z.array(reached).meta({ description: 'Undelivered, since the round held before this one.' }),
});

export const problem: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: 'Stable; switch on it.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    correlationId: { type: 'string' },
  },
};
