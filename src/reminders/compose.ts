import type { Clock } from '../commands/clock.js';
import { dayIn } from '../domain/calendar.js';
import type { Database } from '../event-store/database.js';
import { digestMail, reminderMail } from '../mail/reminder-mail.js';
import { contentOf, type MailContent } from './content.js';
import type { ClaimedMail } from './ledger.js';
import { ReminderLinks } from './links.js';
import { mailReads } from './mail-reads.js';
import { type Compose, NotReadable } from './send.js';
import { RecordSigningKey } from './signing-key.js';

/** Addresses that mails carry. */
export interface Addresses {
  /** Where people reach the pages, without a slash at the end. */
  readonly publicUrl: string;
  /** Domain that message ids are made under. */
  readonly mailDomain: string;
}

/** Writes mails from what the record and the directory show now: one reminder, or all of a person's day. */
export function composeFrom(db: Database, clock: Clock, { publicUrl, mailDomain }: Addresses): Compose {
  const reads = mailReads(db, clock);
  const links = new ReminderLinks(new RecordSigningKey(db), publicUrl);
  return async (mail, late) => {
    const { log, contact } = mail;
    const [to, known] = await Promise.all([reads.contact({ log, id: contact }), reads.dialogue(log)]);
    if (!to) return undefined;
    if (!known) throw new NotReadable(`The views do not show ${log} yet.`);
    const { now } = known;
    const nameOf = async (id: string) => (await reads.contact({ log, id }))?.name;
    const told = {
      known,
      digest: isDigest(mail),
      reminders: await Promise.all(
        mail.reminders
          .filter(({ party }) => party === to.party)
          .map(async (reminder) => ({
            ...reminder,
            local_day: reminder.local_day ?? dayIn(to.zone, reminder.due_at),
            isLate: late.has(reminder.id),
            undeliveredTo: reminder.undelivered_to ? await nameOf(reminder.undelivered_to) : undefined,
          })),
      ),
    };
    const { content, hides } = await contentOf(reads, told, to, publicUrl, {
      actionsOf: async (reminder) => ({
        acknowledge: await links.linkFor('acknowledge', { log, reminder }, now),
        snooze: await links.linkFor('snooze', { log, reminder }, now),
        handOver: await links.linkFor('hand-over', { log, reminder }, now),
        done: await links.linkFor('done', { log, reminder }, now),
      }),
      preferences: await links.linkFor('preferences', { log, contact }, now),
      unsubscribe: await links.linkFor('unsubscribe', { log, contact }, now),
    });
    const body = content && ('items' in content ? digestMail(content) : reminderMail(content));
    if (!content || !body) return undefined;
    const items = itemsOf(content);
    return {
      carries: items.flatMap(({ reminders }) => reminders),
      withheld: hides || items.some((item) => 'withheld' in item),
      mail: {
        ...body,
        to: { name: to.name, address: to.address },
        threadId: 'items' in content ? undefined : `${log}.${content.commitment.id}@${mailDomain}`,
        listId: `reminders.${log}.${mailDomain}`,
      },
    };
  };
}

/** A mail that is named after its only reminder is no digest, also where that was put off. */
function isDigest({ mailId, reminders }: ClaimedMail): boolean {
  return reminders.length > 1 || !mailId.startsWith(reminders[0]!.id);
}

function itemsOf(content: MailContent) {
  return 'items' in content ? content.items : [content];
}
