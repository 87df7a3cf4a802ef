import { sql } from 'kysely';
import { openDatabase, openServicePool } from '../../src/event-store/database.js';
import { defaultPolicy } from '../../src/reminders/delivery-policy.js';
import type { ClaimedMail, ReminderLedger } from '../../src/reminders/ledger.js';
import { PostgresLedger } from '../../src/reminders/postgres-ledger.js';
import { freshDatabase } from './database.js';
import { MemoryLedger } from './simulation/memory-ledger.js';
import { World } from './simulation/world.js';

/** A reminder to be planned; what is not said is not the point. */
export interface Planned {
  readonly id: string;
  /** The mail that it goes out with; alone otherwise. */
  readonly mail?: string;
  readonly commitment?: string;
  readonly contact?: string;
  readonly kind?: 'due' | 'escalation';
  readonly strength?: number;
  /** How often it was put off. */
  readonly snoozed?: number;
  /** Milliseconds from now; it is due since a minute otherwise. */
  readonly dueIn?: number;
}

/** A ledger, with what a contract needs besides: to plan, to let time pass, and to look. */
export interface LedgerOnTrial {
  readonly ledger: ReminderLedger;
  plan(...reminders: readonly Planned[]): Promise<void>;
  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): Promise<void>;
  /** What has become of the reminder, and the mail that it belongs to. */
  standing(id: string): Promise<{ readonly state: string; readonly mail: string } | undefined>;
  /** A person has what is held sent once more. */
  sendHeld(mail: string): Promise<void>;
  end(): Promise<void>;
}

export interface LedgerInPostgres extends LedgerOnTrial {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
}

/** Every ledger that there is; what is shown of one holds for the others. */
export const ledgers: readonly (readonly [string, () => Promise<LedgerOnTrial>])[] = [
  ['the ledger in PostgreSQL', ledgerInPostgres],
  ['the ledger of the simulation', inMemory],
];

const MINUTE = 60_000;

function whole(planned: Planned) {
  const { id, mail = id, commitment = `C-${id}`, contact = 'one', kind = 'due', strength = 0 } = planned;
  const { snoozed = 0, dueIn = -MINUTE } = planned;
  return { id, mail, commitment, contact, kind, strength, snoozed, dueIn };
}

/** The ledger on a database of its own. */
export async function ledgerInPostgres(): Promise<LedgerInPostgres> {
  const database = await freshDatabase();
  const db = openDatabase(openServicePool(database.serviceUrl));
  await sql`insert into mail_fence (token) values ('test')`.execute(db);
  return {
    ownerUrl: database.ownerUrl,
    serviceUrl: database.serviceUrl,
    ledger: new PostgresLedger(db, { token: 'test' }),
    async plan(...reminders) {
      await sql`
        insert into reminder (id, log_id, commitment, due_version, step, contact, party, due_at, mail_id, kind, strength, snoozed,
                              state)
        select id, 'talks', commitment, 1, 'T-7', contact, 'ALD', now() + "dueIn" * interval '1 ms', mail, kind, strength, snoozed,
               'planned'
          from json_to_recordset(${JSON.stringify(reminders.map(whole))}) as
               (id text, mail text, commitment text, contact text, kind text, strength integer, snoozed integer,
                "dueIn" float8)`.execute(db);
    },
    async pass(milliseconds) {
      const ago = sql`${milliseconds} * interval '1 ms'`;
      await sql`
        update reminder set due_at = due_at - ${ago}, not_before = not_before - ${ago}, lease_until = lease_until - ${ago}`.execute(
        db,
      );
    },
    async standing(id) {
      const { rows } = await sql<{ state: string; mail: string }>`
        select state, mail_id as mail from reminder where id = ${id}`.execute(db);
      return rows[0];
    },
    async sendHeld(mail) {
      await sql`
        update reminder set not_before = now()
         where mail_id = ${mail} and state = 'uncertain' and not_before is null`.execute(db);
    },
    async end() {
      await db.destroy();
      await database.drop();
    },
  };
}

function inMemory(): Promise<LedgerOnTrial> {
  const world = new World();
  const memory = new MemoryLedger(world, defaultPolicy);
  return Promise.resolve({
    ledger: memory.seenBy({ step: (happen) => Promise.resolve().then(happen) }),
    plan(...reminders) {
      for (const { mail, dueIn, ...planned } of reminders.map(whole)) {
        memory.plan({
          ...planned,
          mailId: mail,
          log_id: 'talks',
          due_version: 1,
          step: 'T-7',
          party: 'ALD',
          due_at: new Date(world.now + dueIn).toISOString(),
          local_day: null,
        });
      }
      return Promise.resolve();
    },
    async pass(milliseconds) {
      await world.run(world.now + milliseconds);
    },
    standing(id) {
      const row = memory.reminders.find((reminder) => reminder.id === id);
      return Promise.resolve(row && { state: row.state, mail: row.mailId });
    },
    sendHeld(mail) {
      for (const row of memory.reminders) {
        if (row.mailId === mail && row.state === 'uncertain') row.notBefore ??= world.now;
      }
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  });
}

/** Claims a mail that is there to be claimed. */
export async function claimed({ ledger }: LedgerOnTrial, mail: string): Promise<ClaimedMail> {
  const claim = await ledger.claim(mail);
  if (!claim) throw new Error(`${mail} cannot be claimed.`);
  return claim;
}
