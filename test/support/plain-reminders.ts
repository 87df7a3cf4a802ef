import { sql } from 'kysely';
import type { Database } from '../../src/event-store/database.js';
import type { Mailer } from '../../src/mail/mailer.js';
import { defaultPolicy } from '../../src/reminders/delivery-policy.js';
import type { ReminderLedger, Unrecorded } from '../../src/reminders/ledger.js';
import { PostgresLedger } from '../../src/reminders/postgres-ledger.js';
import { MailSender } from '../../src/reminders/send.js';

/** Reminders without a commitment behind them, for tests of how mails go out and not of what they say. */
export async function planPlain(
  db: Database,
  name: string,
  recipients: number,
  kind = 'due',
): Promise<string[]> {
  const ids = Array.from({ length: recipients }, (_, index) => `${name.replaceAll(/\W+/g, '-')}-${index}`);
  await sql`
    insert into reminder (id, log_id, commitment, due_version, step, contact, party, due_at, mail_id, kind, state)
    select id, 'talks', id, 1, 'T-7', id, 'ALD', now() - interval '1 minute' + number * interval '1 s', id, ${kind}, 'planned'
      from unnest(${ids}::text[]) with ordinality as planned (id, number)`.execute(db);
  return ids;
}

/** A sender of what is planned in a ledger, which says of each reminder only that it is due. */
export function plainSender(
  ledger: ReminderLedger,
  mailer: Mailer,
  record: (reminder: Unrecorded) => Promise<void> = () => Promise.resolve(),
): MailSender {
  return new MailSender({
    ledger,
    mailer,
    compose: ({ reminders, contact }) =>
      Promise.resolve({
        carries: reminders.map(({ id }) => id),
        withheld: false,
        mail: {
          to: { name: '', address: `${contact}@example.org` },
          subject: 'Due',
          text: 'Due',
          html: '<p>Due</p>',
        },
      }),
    record,
    policy: defaultPolicy,
    atATime: 20,
    mailDomain: 'example.org',
    dice: () => 0,
  });
}

/** The ledger and a sender of what {@link planPlain} plans, in a record that is armed for `test`; `recorded` gets the outcomes. */
export function sendingPlain(db: Database, mailer: Mailer, recorded: Unrecorded[] = []) {
  const ledger = new PostgresLedger(db, { token: 'test' });
  const sender = plainSender(ledger, mailer, (reminder) => Promise.resolve(void recorded.push(reminder)));
  return { ledger, sender };
}
