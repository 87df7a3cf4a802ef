import type { Clock } from '../commands/clock.js';
import type { Database } from '../event-store/database.js';
import { reminderMail } from '../mail/reminder-mail.js';
import { reminderContent } from './content.js';
import type { Compose } from './send.js';

/** Addresses that mails carry. */
export interface Addresses {
  /** Where people reach the pages, without a slash at the end. */
  readonly publicUrl: string;
  /** Domain that message ids are made under. */
  readonly mailDomain: string;
}

/** Writes mails from what the record shows now; several reminders one after the other. */
export function composeFrom(db: Database, clock: Clock, { publicUrl, mailDomain }: Addresses): Compose {
  return async ({ reminders, log }, late) => {
    const contents = [];
    for (const reminder of reminders) {
      const content = await reminderContent(db, reminder, clock.now(), publicUrl);
      if (content)
        contents.push({
          ...reminderMail(content),
          to: content.to,
          reminder,
          withheld: 'withheld' in content,
        });
    }
    const [first] = contents;
    if (!first) return undefined;
    const isLate = contents.some(({ reminder }) => late.has(reminder.id));
    const more = contents.length > 1 ? ` (and ${contents.length - 1} more)` : '';
    return {
      carries: contents.map(({ reminder }) => reminder.id),
      withheld: contents.some(({ withheld }) => withheld),
      mail: {
        to: first.to,
        subject: `${first.subject}${more}${isLate ? ' – sent late' : ''}`,
        text: [...(isLate ? [LATE] : []), ...contents.map(({ text }) => text)].join('\n\n'),
        html: (isLate ? `<p>${LATE}</p>` : '') + contents.map(({ html }) => html).join('\n'),
        threadId: `${log}.${first.reminder.commitment}@${mailDomain}`,
        listId: `reminders.${log}.${mailDomain}`,
      },
    };
  };
}

const LATE = 'This reminder is late: it was to reach you earlier, and could not be sent.';
