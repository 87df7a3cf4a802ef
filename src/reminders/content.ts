import { sql } from 'kysely';
import { dayIn, daysBetween } from '../domain/calendar.js';
import type { LanguageMap } from '../domain/event.js';
import type { Database } from '../event-store/database.js';
import type { ReminderContent, WithheldReminder } from '../mail/reminder-content.js';
import { commitmentAnswer } from '../read-models/commitment-answers.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { dialogueStatus, type KnownDialogue, knownDialogue } from '../read-models/status-answers.js';
import type { ClaimedReminder } from './ledger.js';

interface Recipient {
  readonly name: string;
  readonly address: string;
  readonly party: string;
  readonly zone: string;
}

/** What a reminder is about cannot be read now; nothing was sent, and later it may be. */
export class NotReadable extends Error {}

/**
 * What the mail says, and to whom it goes, as things stand; undefined when it is no longer called for.
 * Throws {@link NotReadable} while a view is behind: a reminder that is due waits for it.
 */
export async function reminderContent(
  db: Database,
  { log_id: log, commitment: id, contact, party, step }: ClaimedReminder,
  now: string,
  publicUrl: string,
): Promise<((ReminderContent | WithheldReminder) & { to: { name: string; address: string } }) | undefined> {
  const recipient = await recipientOf(db, log, id, contact, party);
  if (!recipient) return undefined;
  const known = await knownDialogue(db, log, now, { role: 'system' });
  const commitment = known && (await commitmentAnswer(db, known, id));
  const window = commitment?.due.window;
  if (!known || !window) throw new NotReadable(`The views do not show ${id} yet.`);
  const { announcement } = known;
  const { focusAreas } = await dialogueStatus(db, known);
  const partyName = nameOf(announcement.parties, party);
  const url = `${publicUrl}/dialogues/${log}/commitments/${encodeURIComponent(id)}`;
  const mail = {
    to: { name: recipient.name, address: recipient.address },
    recipient: { name: recipient.name, party, partyName, zone: recipient.zone },
    dialogue: { slug: log, title: inEnglish(announcement.titles), invented: announcement.invented },
    why: `You are the contact of ${partyName} in this dialogue, and ${partyName} has not yet claimed delivery of its share.`,
  };
  if (commitment.confidentiality.level !== 'public') {
    return { ...mail, withheld: true, commitment: { id, url } };
  }
  return {
    ...mail,
    step,
    commitment: { id, title: inEnglish(commitment.titles), text: inEnglish(commitment.text.words), url },
    focusAreas: focusAreas
      .filter(({ code }) => commitment.focusAreas.includes(code))
      .map(({ names }) => inEnglish(names)),
    due: {
      words: commitment.due.words ? inEnglish(commitment.due.words) : '',
      end: window.end,
      precision: commitment.due.precision,
    },
    daysLeft: daysBetween(dayIn(recipient.zone, now), window.end),
    undertakings: await undertakingsOf(db, commitment, known),
  };
}

/** The contact, as long as the party still owes the commitment. */
async function recipientOf(
  db: Database,
  log: string,
  commitment: string,
  contact: string,
  party: string,
): Promise<Recipient | undefined> {
  const { rows } = await sql<Recipient>`
    select c.name, c.address, c.party, c.zone
      from contact c
      join reminder_subject s on s.log_id = c.log_id and s.commitment = ${commitment} and c.party = any(s.awaiting)
     where c.log_id = ${log} and c.id = ${contact} and c.party = ${party}`.execute(db);
  return rows[0];
}

async function undertakingsOf(db: Database, { undertakings }: CommitmentAnswer, known: KnownDialogue) {
  const { rows } = await sql<{ id: string; name: LanguageMap }>`
    select id, document->'names' as name from dialogue_record
     where log_id = 'registry' and kind = 'organisation'
       and id = any(${undertakings.flatMap(({ lead }) => lead ?? [])})`.execute(db);
  const leadName = (code: string) => inEnglish(rows.find(({ id }) => id === code)?.name ?? { en: code });
  return undertakings.map(({ party, lead }) => ({
    partyName: nameOf(known.announcement.parties, party),
    ...(lead && { lead: leadName(lead) }),
  }));
}

function nameOf(parties: readonly { code: string; names: LanguageMap }[], code: string): string {
  return inEnglish(parties.find((party) => party.code === code)?.names ?? { en: code });
}

function inEnglish(texts: LanguageMap): string {
  return texts['en'] ?? Object.values(texts)[0] ?? '';
}
