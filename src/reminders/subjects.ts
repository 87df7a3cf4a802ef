import type { EventType } from '../domain/vocabulary.js';
import { effectsOn, idIn, ignored, readModel } from '../read-models/projection.js';

interface Subject {
  /** Version of the commitment's stream that fixed the due window; a new window is a new series of reminders. */
  readonly due_version: number;
  readonly due_end: string | null;
  readonly precision: string;
  readonly responsible: readonly string[];
  /** Parties that have agreed to it and not yet claimed delivery: it is their turn (domain.md 7). */
  readonly awaiting: readonly string[];
}

const dialogue = effectsOn<{ zones: Readonly<Record<string, string>> }>('reminder_dialogue', () => [{}]);
const subject = effectsOn<Subject>('reminder_subject', (event) => [
  { commitment: idIn('commitment', event) },
]);

const settled = <Type extends EventType>() => subject<Type>((row) => row && { ...row, awaiting: [] });

/** What can fall due, and whose turn it is. */
export const reminderSubjects = readModel(
  'reminder-planning',
  { ignores: ['round', 'focus-area', 'source-document', 'organisation', 'follow-up', 'reminder'] },
  {
    DialogueAnnounced: dialogue((_row, { data }) => ({
      zones: Object.fromEntries(data.parties.map(({ code, zone }) => [code, zone])),
    })),
    CommitmentProposed: subject((_row, { data, version }) => ({
      due_version: version,
      due_end: data.due.window?.end ?? null,
      precision: data.due.precision,
      responsible: data.undertakings.map((undertaking) => undertaking.party),
      awaiting: [],
    })),
    CommitmentAgreed: subject((row) => row && { ...row, awaiting: row.responsible }),
    DeliveryClaimed: subject(
      (row, { data }) => row && { ...row, awaiting: row.awaiting.filter((party) => party !== data.party) },
    ),
    CommitmentVerified: settled(),
    CommitmentWithdrawn: settled(),
    CommitmentTextConfirmed: ignored,
    DeliveryAttested: ignored,
    EvidenceSubmitted: ignored,
    ProgressReported: ignored,
    WithdrawalProposed: ignored,
    ConfidentialityChanged: ignored,
    PublicationProposed: ignored,
    EmbargoSet: ignored,
    ReleasedToPublic: ignored,
  },
);
