import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../../src/event-store/database.js';
import { heldMails, sendHeld } from '../../../src/reminders/held-mails.js';

/** How long the workers may take when nobody kills them any more, in milliseconds. */
const PATIENCE = 120_000;

/** Waits until every reminder has come to its end, while a person decides about what is held; what has not by then is for the verdict. */
export async function settle(db: Database): Promise<void> {
  for (const since = Date.now(); Date.now() - since < PATIENCE; await pause(200)) {
    for (const { mailId } of await heldMails(db)) if (!staysHeld(mailId)) await sendHeld(db, mailId);
    const { rows } = await sql<{ id: string; open: boolean }>`
      select mail_id as id, state <> 'uncertain' or not on_record or not_before is not null as open
        from reminder where state <> 'sent' or not on_record`.execute(db);
    if (rows.every(({ id, open }) => !open && staysHeld(id))) return;
  }
}

/** The person has everything sent but some escalations, of which they decide nothing. */
function staysHeld(mailId: string): boolean {
  return /^r-\d*[05]0$/.test(mailId);
}
