import type { ReminderKind } from '../domain/reminder-turn.js';
import { sql } from 'kysely';
import type { Role } from '../domain/actor.js';
import type { Day } from '../domain/calendar.js';
import { maySee, readerIn } from '../domain/confidentiality.js';
import type { ContactRole } from '../domain/reminder-recipients.js';
import type { Database } from '../event-store/database.js';
import type {
  DigestContent,
  RecipientLinks,
  ReminderContent,
  ReminderItem,
  ReminderActions,
  Recipient,
  WithheldItem,
  WithheldReminder,
} from '../mail/reminder-content.js';
import { commitmentDetails } from '../read-models/commitment-details.js';
import { commitmentAnswer } from '../read-models/commitment-answers.js';
import { type KnownDialogue, knownDialogue } from '../read-models/status-answers.js';
import { commitmentTold } from './commitment-told.js';
import { reminderPlanning } from './planning.js';
import { turnNow } from './turn-now.js';

/** A reminder that is to be told of, as it was planned. */
export interface DueReminder {
  readonly id: string;
  readonly commitment: string;
  readonly due_version: number;
  readonly kind: ReminderKind;
  readonly step: string;
  /** Party that the recipient is told for. */
  readonly party: string;
  /** The day that it was planned for, in the recipient's calendar. */
  readonly local_day: Day;
  /** It goes out so long after it was planned that its reader is told. */
  readonly isLate?: boolean | undefined;
}

/** Who is told: a contact as the directory has it now. */
export type Addressee = Pick<Recipient, 'name' | 'party' | 'role' | 'language' | 'zone'>;

/** What the mail links to besides the record. */
export interface MailLinks extends RecipientLinks {
  /** What can be done about one reminder, by its id. */
  readonly actionsOf: (reminder: string) => Promise<ReminderActions>;
}

export type MailContent = ReminderContent | WithheldReminder | DigestContent;

/** What a reminder is about cannot be read now; nothing was sent, and later it may be. */
export class NotReadable extends Error {}

/** Who may know of what is withheld: one who heads a division reads what its desk reads. */
const reads: Readonly<Record<ContactRole, Role>> = {
  'focal-point': 'focal-point',
  'head-of-division': 'desk-officer',
  secretariat: 'secretariat',
  'co-chair': 'co-chair',
};

/**
 * What a mail says as things stand: `single` of one reminder, or a digest of any number. Reminders that are no longer called
 * for, or that the recipient may no longer know of, are left out; undefined when none is left. The ids of those that are
 * told are in `reminders` of each item.
 * Throws {@link NotReadable} while a view is behind: a reminder that is due waits for it.
 */
export async function contentOf(
  db: Database,
  mail: { readonly log: string; readonly reminders: readonly DueReminder[]; readonly digest: boolean },
  contact: Addressee,
  now: string,
  publicUrl: string,
  { actionsOf, ...links }: MailLinks,
): Promise<MailContent | undefined> {
  const known = await knownDialogue(db, mail.log, now, { role: 'system' });
  if (!known) throw new NotReadable(`The views do not show ${mail.log} yet.`);
  const { parties, slug, titles, invented } = known.announcement;
  const { name, party, role, language, zone } = contact;
  const partyNames = parties.find(({ code }) => code === party)?.names ?? { en: party };
  const addressed = {
    recipient: { name, party, role, language, zone, partyNames },
    dialogue: { slug, titles, invented, hasOwnPolicy: 'reminderPolicy' in known.announcement },
    links,
    madeAt: now,
  };
  const items: (ReminderItem | WithheldItem)[] = [];
  for (const reminder of strongestFirst(mail.reminders)) {
    const earlier = items.findIndex(({ commitment }) => commitment.id === reminder.commitment);
    const item = await itemOf(db, known, reminder, contact, publicUrl, actionsOf);
    if (!item) continue;
    // One commitment is told of once: by the strongest of what there is to say.
    if (earlier === -1) items.push(item);
    else items[earlier] = { ...items[earlier]!, reminders: [...items[earlier]!.reminders, reminder.id] };
  }
  if (items.length === 0) return undefined;
  return mail.digest ? { ...addressed, items } : { ...addressed, ...items[0]! };
}

/** Kinds from the strongest on. */
const kinds: readonly ReminderKind[] = [
  'escalation',
  'due',
  'answer-extension',
  'attest',
  'confirm-text',
  'silent',
  'review',
];

function strongestFirst(reminders: readonly DueReminder[]): DueReminder[] {
  return reminders.toSorted((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
}

async function itemOf(
  db: Database,
  known: KnownDialogue,
  reminder: DueReminder,
  { party, role, zone }: Addressee,
  publicUrl: string,
  actionsOf: MailLinks['actionsOf'],
): Promise<ReminderItem | WithheldItem | undefined> {
  const { id, commitment: code, kind, step, due_version: dueVersion, local_day: planned } = reminder;
  const { slug, parties } = known.announcement;
  const commitment = await commitmentAnswer(db, known, code);
  if (!commitment || (kind === 'due' && commitment.version < dueVersion)) {
    throw new NotReadable(`The views do not show ${code} yet.`);
  }
  const turn = turnNow(commitment, reminder);
  await mustBeAbreast(db, slug, code, turn ? commitment.position : undefined);
  if (!turn) return undefined;
  const { confidentiality } = commitment;
  if (!maySee(readerIn(parties, { role: reads[role], party }), confidentiality)) return undefined;
  const url = `${publicUrl}/dialogues/${slug}/commitments/${encodeURIComponent(code)}`;
  if (confidentiality.level !== 'public') {
    return { withheld: true, reminders: [id], commitment: { id: code, url } };
  }
  const [told, actions] = await Promise.all([
    commitmentTold(db, known, commitment, { kind, dueVersion, turn }, { url, zone }),
    actionsOf(id),
  ]);
  return { ...told, reminders: [id], kind, step, ...(reminder.isLate && { lateSince: planned }), actions };
}

/**
 * The plan and the view follow the log apart from each other. That a reminder is not called for, only a view tells that has
 * seen what the plan rests on; and what is told rests on a plan that has seen the commitment's latest event.
 */
async function mustBeAbreast(db: Database, log: string, commitment: string, latest?: number): Promise<void> {
  const { rows } = await sql<{ subscription: string; position: number }>`
    select subscription, position from checkpoint
     where log_id = ${log} and subscription in (${commitmentDetails.name}, ${reminderPlanning.name})`.execute(
    db,
  );
  const reached = (name: string) => rows.find(({ subscription }) => subscription === name)?.position ?? 0;
  const [view, plan] = [reached(commitmentDetails.name), reached(reminderPlanning.name)];
  if (latest === undefined ? view < plan : plan < latest) {
    throw new NotReadable(`The views and the plan do not show the same of ${commitment} yet.`);
  }
}
