import { sql } from 'kysely';
import type { Day } from '../domain/calendar.js';
import { defaultPolicy, type ReminderPolicy } from '../domain/reminder-policy.js';
import type { Reachable } from '../domain/reminder-recipients.js';
import { type Horizon, horizonFrom } from '../domain/reminder-series.js';
import type { Database } from '../event-store/database.js';
import type { DialogueRow } from './subjects.js';

/** A contact as planning sees it. */
export interface PlannedContact extends Reachable {
  readonly zone: string;
  readonly hour: number;
  readonly country?: string | undefined;
  readonly digest: boolean;
}

/** What plans of all commitments of a dialogue rest on. */
export interface Ground {
  readonly log: string;
  /** Zones of the parties by their codes. */
  readonly zones: DialogueRow['zones'];
  readonly policy: ReminderPolicy;
  readonly contacts: readonly PlannedContact[];
  /** First days of the rounds that are to come. */
  readonly rounds: readonly Day[];
  readonly horizon: Horizon;
}

/** What the plans of a dialogue rest on; undefined before it was announced. Today is the database's, in UTC. */
export async function readGround(db: Database, log: string): Promise<Ground | undefined> {
  const { rows } = await sql<DialogueRow & { today: Day; rounds: readonly Day[] | null }>`
    select d.zones, d.policy, (now() at time zone 'UTC')::date as today,
           (select json_agg(r.starts_on order by r.starts_on) from reminder_round r
             where r.log_id = d.log_id and r.starts_on is not null) as rounds
      from reminder_dialogue d where d.log_id = ${log}`.execute(db);
  const [known] = rows;
  if (!known) return undefined;
  const contacts = await sql<Nullable<PlannedContact>>`
    select id, party, role, zone, hour, country, digest, away_until as "awayUntil", stand_in as "standIn",
           unsubscribed_at is not null as unsubscribed
      from contact where log_id = ${log} order by id`.execute(db);
  return {
    log,
    zones: known.zones,
    policy: known.policy ?? defaultPolicy,
    contacts: contacts.rows.map(withoutNulls),
    rounds: known.rounds ?? [],
    horizon: horizonFrom(known.today),
  };
}

type Nullable<Row> = { [Key in keyof Row]: undefined extends Row[Key] ? Row[Key] | null : Row[Key] };

function withoutNulls(contact: Nullable<PlannedContact>): PlannedContact {
  const { country, awayUntil, standIn, ...rest } = contact;
  return {
    ...rest,
    ...(country && { country }),
    ...(awayUntil && { awayUntil }),
    ...(standIn && { standIn }),
  };
}
