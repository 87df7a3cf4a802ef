import type { ReminderKind } from '../domain/reminder-turn.js';
import type { Role } from '../domain/actor.js';
import type { Day } from '../domain/calendar.js';
import { maySee, readerIn } from '../domain/confidentiality.js';
import type { ContactRole } from '../domain/reminder-recipients.js';
import type {
  DigestContent,
  RecipientLinks,
  ReminderContent,
  ReminderItem,
  ReminderActions,
  WithheldItem,
  WithheldReminder,
} from '../mail/reminder-content.js';
import type { KnownDialogue } from '../read-models/status-answers.js';
import { commitmentTold } from './commitment-told.js';
import type { Addressee, MailReads } from './mail-reads.js';
import { NotReadable } from './send.js';
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
  /** Name of the person whom a mail of it could not reach, which is why this one is told. */
  readonly undeliveredTo?: string | undefined;
}

/** What the mail links to besides the record. */
export interface MailLinks extends RecipientLinks {
  /** What can be done about one reminder, by its id. */
  readonly actionsOf: (reminder: string) => Promise<ReminderActions>;
}

/** What a mail is to tell of. */
interface Told {
  readonly known: KnownDialogue;
  readonly reminders: readonly DueReminder[];
  readonly digest: boolean;
}

export type MailContent = ReminderContent | WithheldReminder | DigestContent;

/** What a mail says, and whether it keeps quiet about something that the recipient may no longer know of. */
export interface FoundContent {
  /** Undefined where nothing is left to say. */
  readonly content: MailContent | undefined;
  readonly hides: boolean;
}

/** Who may know of what is withheld: one who heads a division reads what its desk reads. */
const readsAs: Readonly<Record<ContactRole, Role>> = {
  'focal-point': 'focal-point',
  'head-of-division': 'desk-officer',
  secretariat: 'secretariat',
  'co-chair': 'co-chair',
};

/**
 * What a mail says as things stand: of one reminder, or a digest of any number. Reminders that are no longer called
 * for, or that the recipient may no longer know of, are left out. The ids of those that are told are in `reminders` of each item.
 * Throws {@link NotReadable} while a view is behind: a reminder that is due waits for it.
 */
export async function contentOf(
  reads: MailReads,
  { known, reminders, digest }: Told,
  contact: Addressee,
  publicUrl: string,
  { actionsOf, ...links }: MailLinks,
): Promise<FoundContent> {
  const { parties, slug, titles, invented } = known.announcement;
  const { name, party, role, language, zone } = contact;
  const partyNames = parties.find(({ code }) => code === party)?.names ?? { en: party };
  const addressed = {
    recipient: { name, party, role, language, zone, partyNames },
    dialogue: { slug, titles, invented, hasOwnPolicy: 'reminderPolicy' in known.announcement },
    links,
    madeAt: known.now,
  };
  const found = await Promise.all(
    strongestFirst(reminders).map((reminder) =>
      itemOf(reads, known, reminder, contact, publicUrl, actionsOf),
    ),
  );
  const items: (ReminderItem | WithheldItem)[] = [];
  for (const item of found) {
    if (!item || item === 'hidden') continue;
    const earlier = items.findIndex(({ commitment }) => commitment.id === item.commitment.id);
    // One commitment is told of once: by the strongest of what there is to say.
    if (earlier === -1) items.push(item);
    else
      items[earlier] = { ...items[earlier]!, reminders: [...items[earlier]!.reminders, ...item.reminders] };
  }
  const hides = found.includes('hidden');
  if (items.length === 0) return { content: undefined, hides };
  return { content: digest ? { ...addressed, items } : { ...addressed, ...items[0]! }, hides };
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
  reads: MailReads,
  known: KnownDialogue,
  reminder: DueReminder,
  { party, role, zone }: Addressee,
  publicUrl: string,
  actionsOf: MailLinks['actionsOf'],
): Promise<ReminderItem | WithheldItem | 'hidden' | undefined> {
  const { id, commitment: code, kind, step, due_version: dueVersion, local_day: planned } = reminder;
  const { slug, parties } = known.announcement;
  const commitment = await reads.commitment({ known, id: code });
  if (!commitment || (kind === 'due' && commitment.version < dueVersion)) {
    throw new NotReadable(`The views do not show ${code} yet.`);
  }
  const turn = turnNow(commitment, reminder);
  mustBeAbreast(await reads.reached(slug), code, turn ? commitment.position : undefined);
  if (!turn) return undefined;
  const { confidentiality } = commitment;
  if (!maySee(readerIn(parties, { role: readsAs[role], party }), confidentiality)) return 'hidden';
  const url = `${publicUrl}/dialogues/${slug}/commitments/${encodeURIComponent(code)}`;
  if (confidentiality.level !== 'public') {
    return { withheld: true, reminders: [id], commitment: { id: code, url } };
  }
  const [told, actions] = await Promise.all([
    commitmentTold(reads, known, commitment, { kind, dueVersion, turn }, { url, zone }),
    actionsOf(id),
  ]);
  return {
    ...told,
    reminders: [id],
    kind,
    step,
    ...(reminder.isLate && { lateSince: planned }),
    ...(reminder.undeliveredTo && { undeliveredTo: reminder.undeliveredTo }),
    actions,
  };
}

/**
 * The plan and the view follow the log apart from each other. That a reminder is not called for, only a view tells that has
 * seen what the plan rests on; and what is told rests on a plan that has seen the commitment's latest event.
 */
function mustBeAbreast(
  { view, plan }: { readonly view: number; readonly plan: number },
  commitment: string,
  latest?: number,
): void {
  if (latest === undefined ? view < plan : plan < latest) {
    throw new NotReadable(`The views and the plan do not show the same of ${commitment} yet.`);
  }
}
