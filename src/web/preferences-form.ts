import { z } from 'zod';
import { day, zone } from '../commands/fields.js';
import { type Day, addDays } from '../domain/calendar.js';
import type { Preferences, PreferencesShown } from '../reminders/preferences.js';
import { isCountry } from './countries.js';
import type { FieldErrors } from './form-field.js';

/** Days that someone can be away for at most: longer than that it is another's post. */
const LONGEST_ABSENCE = 366;

/** Fields of the form as a browser sends them: every one a text, an empty one for what is not chosen. */
const form = z.object({
  zone: zone.refine((each) => each !== '', 'must be an IANA time zone, such as Asia/Tokyo'),
  hour: z
    .string()
    .regex(/^([01]?\d|2[0-3])$/, 'Choose an hour.')
    .transform(Number),
  digest: z.enum(['daily', 'single'], 'Choose one of the two.').transform((each) => each === 'daily'),
  language: z.enum(['en', 'ja', 'hi'], 'Choose one of the languages.'),
  country: z.union([z.literal(''), z.string().refine(isCountry, 'Choose one of the countries.')]),
  awayUntil: z.union([z.literal(''), day]),
  standIn: z.string().max(64),
  resume: z.literal('yes').optional(),
});

/** What was filled in, kept to be shown again where something of it is wrong. */
export type Filled = Readonly<Record<string, string>>;

type Read =
  { readonly chosen: Preferences & { readonly resume: boolean } } | { readonly errors: FieldErrors };

/** Reads the form of someone for whom it is `today`; what is wrong is told for each field. */
export function readPreferences(filled: Filled, person: PreferencesShown, today: Day): Read {
  const read = form.safeParse(filled);
  if (!read.success) {
    const errors = read.error.issues.map(({ path, message }) => [String(path[0]), sentence(message)]);
    return { errors: Object.fromEntries(errors.toReversed()) as FieldErrors };
  }
  const { awayUntil, standIn, country, resume, ...others } = read.data;
  const chosen = {
    ...others,
    country: country || null,
    awayUntil: awayUntil || null,
    standIn: standIn || null,
    resume: resume === 'yes',
  };
  const errors = { ...wrongAbsence(chosen.awayUntil, today), ...wrongStandIn(chosen, person, today) };
  return Object.keys(errors).length > 0 ? { errors } : { chosen };
}

function wrongAbsence(awayUntil: string | null, today: Day): FieldErrors {
  if (awayUntil === null) return {};
  if (!isDay(awayUntil)) return { awayUntil: 'This day does not exist.' };
  if (awayUntil < today) return { awayUntil: 'Name today or a later day, or leave it empty.' };
  if (awayUntil > addDays(today, LONGEST_ABSENCE)) return { awayUntil: 'Name a day within a year.' };
  return {};
}

function wrongStandIn(
  { awayUntil, standIn }: Pick<Preferences, 'awayUntil' | 'standIn'>,
  { colleagues }: PreferencesShown,
  today: Day,
): FieldErrors {
  if (standIn === null)
    return awayUntil !== null && colleagues.length > 0
      ? { standIn: 'Choose who gets your reminders while you are away.' }
      : {};
  const chosen = colleagues.find(({ id }) => id === standIn);
  if (!chosen) return { standIn: 'Choose one of your colleagues.' };
  if (chosen.unsubscribed) return { standIn: `${chosen.name} gets no mails; choose someone else.` };
  if (awayUntil !== null && chosen.awayUntil !== undefined && chosen.awayUntil >= today)
    return { standIn: `${chosen.name} is away until ${chosen.awayUntil}; choose someone else.` };
  return {};
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** "must be a day" becomes "This must be a day."; what is a sentence already stays one. */
function sentence(message: string): string {
  if (/^[A-Z].*\.$/.test(message)) return message;
  return /^must\b/.test(message) ? `This ${message}.` : 'This is not one of the choices.';
}
