import { z } from 'zod';
import { disputables, judgements, reportableHealths } from '../domain/commitment/events.js';
import { statuses } from '../domain/commitment/life-cycle.js';
import { reasonCodes } from '../domain/commitment/reasons.js';
import { commitmentTypes, natures, strengths, translationStandings } from '../domain/commitment/statement.js';
import { levels } from '../domain/confidentiality.js';
import { eventMeanings } from '../domain/event-meanings.js';

/** Schemas of answers about commitments, for the description of the API. */

const texts = z.record(z.string(), z.string());
const day = z.iso.date();
const partialDate = z.string().meta({ description: 'A day, a month or a year, as far as it is known.' });
const parties = z.array(z.string());
const stale = (what: string) =>
  parties.meta({ description: `Parties whose key went stale: ${what} since they turned it.` });

const due = z.looseObject({
  precision: z.string(),
  window: z.object({ start: day, end: day }).optional(),
  words: texts.optional(),
});

const text = z.object({
  words: texts,
  digest: z.string().meta({ description: 'What a key to the text refers to.' }),
  agreedBy: z.enum(['joint-document', 'confirmed-by-every-party']).optional(),
  confirmedBy: parties,
  confirmedBefore: stale('the words, the criteria or the date changed'),
  objectedToBy: parties,
  translations: z.array(
    z.object({
      language: z.string(),
      title: z.string().optional(),
      text: z.string(),
      standing: z.enum(translationStandings),
      translator: z.string().optional(),
      outdated: z.boolean().meta({ description: 'The agreed words changed since.' }),
    }),
  ),
});

const dueHistory = z.object({
  baseline: due.optional().meta({ description: 'First agreed; never changes.' }),
  changes: z.array(
    z.object({
      how: z.enum(['agreed', 'set', 'resolved', 'extended', 'brought-forward', 'reopened']),
      due,
      on: partialDate,
      recordedAt: z.iso.datetime(),
      askedBy: z.string().optional(),
      grantedBy: z.string().optional(),
      reasonCode: z.enum(reasonCodes).optional(),
    }),
  ),
  extensions: z.int(),
  requested: z
    .looseObject({ party: z.string(), due, reasonCode: z.enum(reasonCodes), grantedBy: parties })
    .optional()
    .meta({ description: 'An extension that was asked for and is not answered by every side yet.' }),
  slipDays: z.int().optional().meta({ description: 'From the end first agreed to the end of now.' }),
  daysOverdue: z.int().meta({ description: 'In all; what was granted afterwards erases nothing.' }),
});

const delivery = z.object({
  evidence: z.array(z.looseObject({ id: z.string(), party: z.string(), titles: texts, digest: z.string() })),
  claims: z.array(z.object({ party: z.string(), evidence: z.array(z.string()) })),
  claimDigest: z.string().optional().meta({ description: 'What a key to the delivery refers to.' }),
  keysNeeded: parties,
  keysTurned: parties,
  keysStale: stale('claims or evidence changed'),
  criteria: z.array(z.object({ party: z.string(), criterion: z.string(), is: z.enum(judgements) })),
  partly: z.boolean().meta({ description: 'Some of it is delivered and some is not.' }),
  unansweredForDays: z.int().optional(),
});

export const commitmentAnswerSchema = z
  .looseObject({
    dialogue: z.string(),
    id: z.string(),
    titles: texts,
    verb: z.string().optional(),
    nature: z.enum(natures),
    type: z.enum(commitmentTypes),
    strength: z.enum(strengths),
    criteria: z.array(z.object({ id: z.string(), text: texts })).optional(),
    focusAreas: z.array(z.string()),
    undertakings: z.array(
      z.object({
        party: z.string(),
        lead: z.string().optional(),
        supporting: z.array(z.string()).optional(),
        focalPoint: z.string().optional(),
      }),
    ),
    towards: z.string().optional(),
    round: z.int().optional(),
    status: z.enum(statuses),
    reached: z
      .partialRecord(z.enum(statuses), partialDate)
      .meta({ description: 'When each state was reached, true in the world.' }),
    text,
    due,
    dueHistory,
    timeliness: z
      .object({
        is: z.enum(['no-calendar-date', 'not-due', 'due-soon', 'overdue']),
        countedTo: day.optional(),
        daysLeft: z.int().optional(),
        zones: z.array(z.string()),
      })
      .optional()
      .meta({
        description:
          'Where it stands in time, by the zones of those responsible; absent once claimed or ended.',
      }),
    health: z.object({
      is: z.enum([...reportableHealths, 'not-reported']).optional(),
      reports: z.array(
        z.looseObject({ party: z.string(), health: z.enum(reportableHealths), on: partialDate }),
      ),
      lastReport: partialDate.optional(),
      silentDays: z.int().optional(),
    }),
    delivery,
    disputes: z.array(
      z.looseObject({
        id: z.string(),
        party: z.string(),
        about: z.enum(disputables),
        text: texts,
        settled: z.boolean(),
      }),
    ),
    amendments: z.array(z.object({ from: day, changes: z.looseObject({}) })),
    proposed: z
      .array(z.object({ decision: z.string(), digest: z.string(), by: parties }))
      .meta({ description: 'Decisions that take the word of every side, and wait for it.' }),
    withdrawalReason: z.string().optional(),
    withdrawalAskedBy: parties,
    successors: z.array(z.string()),
    carriedOver: z.array(z.int()).meta({ description: 'Rounds at whose close it was carried over.' }),
    assessments: z.array(z.looseObject({ id: z.string(), assessor: z.string() })),
    sources: z.array(z.looseObject({ document: z.string() })),
    standing: z
      .enum([
        'joint-outcome-document',
        'memorandum',
        'agreed-minutes',
        'both-readouts',
        'readout',
        'press-report',
      ])
      .optional()
      .meta({
        description:
          'The strongest source cited. Both readouts: those of two parties about the same meeting.',
      }),
    textDiverges: z.boolean().meta({
      description:
        'True when readouts of two parties about one meeting are quoted, word for word and in one language, with words that the other does not have; see differingAccounts.',
    }),
    differingAccounts: z
      .array(
        z.object({
          meeting: z.union([z.object({ round: z.int() }), z.object({ followUp: z.string() })]),
          language: z.string(),
          accounts: z.array(
            z.object({
              party: z.string(),
              quotations: z.array(z.object({ document: z.string(), text: z.string() })),
            }),
          ),
        }),
      )
      .optional(),
    confidentiality: z
      .looseObject({ level: z.enum(levels) })
      .meta({ description: 'Who may read it. What you may not read is answered as what does not exist.' }),
    ground: z.string().optional().meta({ description: 'Why it is withheld.' }),
    embargoUntil: z.iso.datetime().optional().meta({ description: 'From then on it is public by itself.' }),
    version: z.int().meta({ description: 'Number of its events that you may see.' }),
    position: z.int().meta({ description: 'Position of the last of them.' }),
  })
  .meta({ id: 'Commitment' });

export const commitmentsAnswer = z.object({
  commitments: z.array(commitmentAnswerSchema),
  next: z.string().optional().meta({ description: 'Address of the next page.' }),
});

const meanings = Object.entries(eventMeanings).map(([type, meaning]) => `${type}: ${meaning}`);

export const historyAnswer = z.object({
  commitment: z.string(),
  events: z.array(
    z.looseObject({
      position: z.int(),
      type: z.enum(Object.keys(eventMeanings)).meta({ description: meanings.join('\n') }),
      actor: z.looseObject({ id: z.string(), role: z.string(), party: z.string().optional() }),
      occurredOn: partialDate.meta({ description: 'When it was true in the world.' }),
      recordedAt: z.iso
        .datetime()
        .meta({ description: 'When it was recorded, by the clock of the database.' }),
      sources: z.array(z.looseObject({ document: z.string() })).optional(),
      data: z.looseObject({}),
    }),
  ),
});
