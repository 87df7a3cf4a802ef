import { calendarAttachment } from './calendar-attachment.js';
import { digestWordsOf, isPublic } from './digest-words.js';
import type { MailAttachment } from './mail-attachment.js';
import { htmlOf } from './mail-html.js';
import type { MailPage } from './mail-page.js';
import { textOf } from './mail-text.js';
export type { DigestContent, ReminderContent, ReminderItem, WithheldReminder } from './reminder-content.js';
import type { DigestContent, ReminderContent, ReminderItem, WithheldReminder } from './reminder-content.js';
import { withheldWordsOf, wordsOf } from './reminder-words.js';

/** What a mail says, apart from whom it goes to. */
export interface MailBody {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MailAttachment[];
  readonly unsubscribeUrl?: string | undefined;
}

/** The mail that reminds one person of one commitment, as plain text and HTML with the same words. */
export function reminderMail(reminder: ReminderContent | WithheldReminder): MailBody {
  return 'withheld' in reminder
    ? bodyOf(withheldWordsOf(reminder), reminder, [])
    : bodyOf(wordsOf(reminder), reminder, [reminder]);
}

/** The mail with all that one person is reminded of on a day; undefined where that is nothing. */
export function digestMail(digest: DigestContent): MailBody | undefined {
  const page = digestWordsOf(digest);
  return page && bodyOf(page, digest, digest.items.filter(isPublic));
}

function bodyOf(
  page: MailPage,
  { dialogue, madeAt, links }: Pick<DigestContent, 'dialogue' | 'madeAt' | 'links'>,
  dated: readonly ReminderItem[],
): MailBody {
  const calendar = calendarAttachment(dated, { slug: dialogue.slug, language: page.language, madeAt });
  return {
    subject: page.subject,
    text: textOf(page),
    html: htmlOf(page),
    attachments: calendar ? [calendar] : [],
    ...(links.unsubscribe !== undefined && { unsubscribeUrl: links.unsubscribe }),
  };
}
