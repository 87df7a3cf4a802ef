import { sql } from 'kysely';
import type { Clock } from '../commands/clock.js';
import type { LanguageMap } from '../domain/event.js';
import type { Database } from '../event-store/database.js';
import { gathered } from '../event-store/gathered.js';
import type { Recipient } from '../mail/reminder-content.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { type AskedCommitment, commitmentAnswersTo } from '../read-models/commitment-answers.js';
import { commitmentDetails } from '../read-models/commitment-details.js';
import { knownDialogues } from '../read-models/status-answers.js';
import { reminderPlanning } from './planning.js';

/** Who is told: a contact as the directory has it now. */
export type Addressee = Pick<Recipient, 'name' | 'party' | 'role' | 'language' | 'zone'>;

/** A contact, with where its mails go. */
export interface AddressedContact extends Addressee {
  readonly address: string;
}

/** How far the view of commitments and the plan of reminders have come in a log. */
interface Reached {
  readonly view: number;
  readonly plan: number;
}

interface Named {
  readonly code: string;
  readonly names: LanguageMap;
}

/** What mails are written from. Mails that are written at the same time ask for it together. */
export type MailReads = ReturnType<typeof mailReads>;

/** Reads what the record and the directory have at the moment when it is asked for. */
export function mailReads(db: Database, clock: Clock) {
  return {
    /** Who is told; undefined for someone who was erased. */
    contact: gathered((asked: readonly { readonly log: string; readonly id: string }[]) =>
      contactsIn(db, asked),
    ),
    /** The dialogue with everything in it that the record has; undefined while the views do not show it. */
    dialogue: gathered(async (logs: readonly string[]) => {
      const known = await knownDialogues(db, clock.now(), { role: 'system' }, [...new Set(logs)]);
      return logs.map((log) => known.find(({ announcement }) => announcement.slug === log));
    }),
    commitment: gathered((asked: readonly AskedCommitment[]) => commitmentAnswersTo(db, asked)),
    reached: gathered((logs: readonly string[]) => reachedIn(db, logs)),
    /** The focus areas of a commitment, in their order, and the organisations that lead it. */
    names: gathered((commitments: readonly CommitmentAnswer[]) => namesFor(db, commitments)),
  };
}

async function contactsIn(
  db: Database,
  asked: readonly { readonly log: string; readonly id: string }[],
): Promise<(AddressedContact | undefined)[]> {
  const { rows } = await sql<AddressedContact & { nth: number }>`
    select nth, name, address, party, role, language, zone
      from unnest(${asked.map(({ log }) => log)}::text[], ${asked.map(({ id }) => id)}::text[])
           with ordinality as asked (log_id, id, nth)
      join contact using (log_id, id)`.execute(db);
  return asked.map((_, place) => rows.find(({ nth }) => nth === place + 1));
}

async function reachedIn(db: Database, logs: readonly string[]): Promise<Reached[]> {
  const { rows } = await sql<{ log: string; subscription: string; position: number }>`
    select log_id as log, subscription, position from checkpoint
     where log_id = any(${logs}) and subscription in (${commitmentDetails.name}, ${reminderPlanning.name})`.execute(
    db,
  );
  const reached = (log: string, name: string) =>
    rows.find((row) => row.log === log && row.subscription === name)?.position ?? 0;
  return logs.map((log) => ({
    view: reached(log, commitmentDetails.name),
    plan: reached(log, reminderPlanning.name),
  }));
}

async function namesFor(db: Database, commitments: readonly CommitmentAnswer[]) {
  const leadsOf = ({ undertakings }: CommitmentAnswer) => undertakings.flatMap(({ lead }) => lead ?? []);
  const { rows } = await sql<{ areas: (Named & { log: string })[]; leads: Named[] }>`
    select (select coalesce(json_agg(json_build_object('log', log_id, 'code', code, 'names', names) order by first), '[]')
              from focus_area where log_id = any(${commitments.map(({ dialogue }) => dialogue)})
                                and code = any(${commitments.flatMap(({ focusAreas }) => focusAreas)})) as areas,
           (select coalesce(json_agg(json_build_object('code', id, 'names', document->'names')), '[]')
              from dialogue_record
             where log_id = 'registry' and kind = 'organisation'
               and id = any(${commitments.flatMap(leadsOf)})) as leads`.execute(db);
  const { areas, leads } = rows[0]!;
  return commitments.map((commitment) => ({
    areas: areas
      .filter(({ log, code }) => log === commitment.dialogue && commitment.focusAreas.includes(code))
      .map(({ code, names }): Named => ({ code, names })),
    leads: leads.filter(({ code }) => leadsOf(commitment).includes(code)),
  }));
}
