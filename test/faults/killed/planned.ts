import { sql } from 'kysely';
import type { Database } from '../../../src/event-store/database.js';
import type { ClaimedMail } from '../../../src/reminders/ledger.js';
import { LOG } from './part.js';

/** People who get one mail a day, and reminders of one of their days. */
const READERS = 25;
const OF_A_DAY = 100;

/** How many of the reminders are due at the beginning. */
const AT_FIRST = 0.2;

/** Reminders that fall due as time goes by: every second in a digest, every twenty-fifth an escalation. */
export class FallingDue {
  private count = 0;

  constructor(
    private readonly db: Database,
    private readonly total: number,
  ) {}

  /** Lets those fall due that are when this share of the time has passed, from 0 to 1. */
  async after(share: number): Promise<void> {
    const to = Math.floor(this.total * Math.min(1, AT_FIRST + (1 - AT_FIRST) * share));
    const rows = Array.from({ length: Math.max(0, to - this.count) }, (_, index) =>
      planned(this.count + index),
    );
    this.count += rows.length;
    await sql`
      insert into reminder (id, log_id, commitment, due_version, step, contact, party, due_at, mail_id, kind, state)
      select id, ${LOG}, 'C-' || id, 1, step, contact, 'IN', now() - interval '1 minute', mail, kind, 'planned'
        from json_to_recordset(${JSON.stringify(rows)}) as (id text, step text, contact text, mail text, kind text)`.execute(
      this.db,
    );
  }
}

function planned(number: number) {
  const id = `r-${number}`;
  if (number % 25 === 0) {
    return { id, step: 'escalation-head', contact: `head-${number}`, mail: id, kind: 'escalation' };
  }
  if (number % 2 === 0) return { id, step: 'T-7', contact: `desk-${number}`, mail: id, kind: 'due' };
  // Some of a day's reminders fall due when the digest has gone out.
  const contact = `reader-${number % READERS}`;
  const mail = `digest.${contact}.${Math.floor(number / OF_A_DAY)}`;
  return { id, step: 'T-7', contact, mail, kind: 'due' };
}

/** A mail of which each writing differs, and which names the reminders that it carries. Some are longer than a packet. */
export function textOf({ mailId, reminders, fence, now }: ClaimedMail): string {
  const long = /[13579]$/.test(mailId) ? `${'x'.repeat(70)}\n`.repeat(1000) : '';
  return `${reminders.map(({ id }) => `reminds: ${id}\n`).join('')}At ${now}, ${fence}\n${long}`;
}

/** Ids of the reminders that a message carries. */
export function carriedBy(message: string): string[] {
  return [...message.matchAll(/^reminds: (\S+)\r$/gm)].map(([, id]) => id!);
}
