import type { ReminderKind } from '../domain/reminder-turn.js';
import { type Day, dayIn, daysBetween, windowOf } from '../domain/calendar.js';
import { responsibleParties } from '../domain/commitment/state.js';
import { deadlineOf } from '../domain/due.js';
import type { ReminderItem } from '../mail/reminder-content.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import type { KnownDialogue } from '../read-models/status-answers.js';
import type { MailReads } from './mail-reads.js';
import type { Turn } from './turn-now.js';

type Told = Omit<ReminderItem, 'reminders' | 'kind' | 'step' | 'lateSince' | 'undeliveredTo' | 'actions'>;

/** What a mail says of a commitment that is public, looked up in every language of the record. */
export async function commitmentTold(
  reads: Pick<MailReads, 'names'>,
  known: KnownDialogue,
  commitment: CommitmentAnswer,
  {
    kind,
    dueVersion,
    turn,
  }: { readonly kind: ReminderKind; readonly dueVersion: number; readonly turn: Turn },
  { url, zone }: { readonly url: string; readonly zone: string },
): Promise<Told> {
  const { due, titles, text } = commitment;
  const { parties } = known.announcement;
  const namesOf = (code: string) => parties.find((party) => party.code === code)?.names ?? { en: code };
  const zoneOf = (code: string) => parties.find((party) => party.code === code)?.zone ?? [];
  const today = dayIn(zone, known.now);
  const end = deadlineOf(due);
  const { requested } = commitment.dueHistory;
  const { areas, leads } = await reads.names(commitment);
  return {
    commitment: { id: commitment.id, titles, text: text.words, translations: text.translations, url },
    focusAreas: areas,
    due: {
      words: due.words,
      end,
      precision: due.precision,
      kind: due.kind,
      version: dueVersion,
      zones: [...new Set(responsibleParties({ statement: commitment }).flatMap(zoneOf))],
    },
    daysLeft: end === undefined ? undefined : daysBetween(today, end),
    undertakings: commitment.undertakings.map(({ party, lead }) => ({
      party,
      partyNames: namesOf(party),
      ...(lead && { leadNames: leads.find(({ code }) => code === lead)?.names ?? { en: lead } }),
      claimed: commitment.delivery.claims.some((claim) => claim.party === party),
    })),
    turn: { task: turn.task, parties: turn.parties.map((code) => ({ code, names: namesOf(code) })) },
    silentDays: kind === 'silent' ? silentDays(commitment, today) : undefined,
    asked: requested && {
      partyNames: namesOf(requested.party),
      words: requested.due.words,
      end: deadlineOf(requested.due),
    },
  };
}

/** Where nothing was ever reported, silence counts from the agreement. */
function silentDays({ health, reached }: CommitmentAnswer, today: Day): number | undefined {
  const agreed = reached['agreed'];
  if (health.silentDays !== undefined || agreed === undefined) return health.silentDays;
  return Math.max(0, daysBetween(windowOf(agreed).end, today));
}
