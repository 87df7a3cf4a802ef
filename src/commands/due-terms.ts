import { z } from 'zod';
import { type DueTerms, dueKinds, hemispheres, rhythms, seasons } from '../domain/due.js';
import { day, month, partialDate, title, words, year } from './fields.js';

const calendar = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('gregorian') }),
    z.strictObject({ kind: z.literal('fiscal'), startMonth: z.int().min(1).max(12) }),
  ])
  .optional()
  .meta({ description: 'How the year is counted. Required: a part of a year alone is never guessed.' });

const said = {
  words: title.optional().meta({ description: 'The due date in the words agreed.' }),
  kind: z
    .enum(dueKinds)
    .optional()
    .meta({ description: 'A target is looked at again, and never overdue. A commitment when absent.' }),
};

const precise = <const Precision extends string, Shape extends z.core.$ZodLooseShape>(
  precision: Precision,
  shape: Shape,
) => z.strictObject({ precision: z.literal(precision), ...shape, ...said });

/** When something is due, as the parties put it, in any precision. */
export const dueTerms = z
  .discriminatedUnion('precision', [
    precise('day', { day }),
    precise('month', { month }),
    precise('quarter', {
      quarter: z.string().regex(/^\d{4}-Q[1-4]$/, 'must be a quarter, such as 2026-Q1'),
      calendar,
    }),
    precise('half-year', {
      half: z.string().regex(/^\d{4}-H[12]$/, 'must be half a year, such as 2026-H1'),
      calendar,
    }),
    precise('season', {
      season: z
        .string()
        .regex(new RegExp(`^\\d{4}-(${seasons.join('|')})$`), 'must be a season, such as 2026-spring')
        .meta({ description: 'The season that begins in this year.' }),
      hemisphere: z
        .enum(hemispheres)
        .optional()
        .meta({ description: 'Required: a season alone is never guessed.' }),
    }),
    precise('year', { year, calendar }),
    precise('range', { start: partialDate, end: partialDate }),
    precise('next-round', {}),
    precise('event-bound', {
      event: words.meta({ description: 'What it waits for, for example the signature.' }),
      withinDays: z.int().min(0).max(36_600),
    }),
    precise('recurring', { every: z.enum(rhythms) }),
    precise('ongoing', {}),
    precise('as-soon-as-possible', {}),
    precise('none', {}),
  ])
  .meta({ id: 'DueTerms' }) satisfies z.ZodType<DueTerms>;
