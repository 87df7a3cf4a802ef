import type { ReminderKind } from '../domain/reminder-turn.js';
import { sql } from 'kysely';
import { type Day, dayIn, daysBetween, windowOf } from '../domain/calendar.js';
import { responsibleParties } from '../domain/commitment/state.js';
import { deadlineOf } from '../domain/due.js';
import type { LanguageMap } from '../domain/event.js';
import type { Database } from '../event-store/database.js';
import type { ReminderItem } from '../mail/reminder-content.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import type { KnownDialogue } from '../read-models/status-answers.js';
import type { Turn } from './turn-now.js';

type Told = Omit<ReminderItem, 'reminders' | 'kind' | 'step' | 'lateSince' | 'actions'>;

/** What a mail says of a commitment that is public, looked up in every language of the record. */
export async function commitmentTold(
  db: Database,
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
  const [focusAreas, undertakings] = await Promise.all([
    focusAreasOf(db, commitment),
    undertakingsOf(db, commitment, namesOf),
  ]);
  return {
    commitment: { id: commitment.id, titles, text: text.words, translations: text.translations, url },
    focusAreas,
    due: {
      words: due.words,
      end,
      precision: due.precision,
      kind: due.kind,
      version: dueVersion,
      zones: [...new Set(responsibleParties({ statement: commitment }).flatMap(zoneOf))],
    },
    daysLeft: end === undefined ? undefined : daysBetween(today, end),
    undertakings,
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

async function focusAreasOf(db: Database, { dialogue, focusAreas }: CommitmentAnswer) {
  const { rows } = await sql<{ code: string; names: LanguageMap }>`
    select code, names from focus_area
     where log_id = ${dialogue} and code = any(${focusAreas}) order by first`.execute(db);
  return rows;
}

async function undertakingsOf(
  db: Database,
  { undertakings, delivery }: CommitmentAnswer,
  namesOf: (party: string) => LanguageMap,
) {
  const { rows } = await sql<{ id: string; names: LanguageMap }>`
    select id, document->'names' as names from dialogue_record
     where log_id = 'registry' and kind = 'organisation'
       and id = any(${undertakings.flatMap(({ lead }) => lead ?? [])})`.execute(db);
  return undertakings.map(({ party, lead }) => ({
    party,
    partyNames: namesOf(party),
    ...(lead && { leadNames: rows.find(({ id }) => id === lead)?.names ?? { en: lead } }),
    claimed: delivery.claims.some((claim) => claim.party === party),
  }));
}
