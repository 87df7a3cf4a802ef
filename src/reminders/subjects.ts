import { deadlineOf, type Due } from '../domain/due.js';
import type { Facts } from '../domain/vocabulary.js';
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

type Type = Facts['commitment']['type'];

/** Nobody owes anything any more. */
const settled = <T extends Type>() => subject<T>((row) => row && { ...row, awaiting: [] });

/** Everyone responsible owes delivery, again or for the first time. */
const owed = <T extends Type>() => subject<T>((row) => row && { ...row, awaiting: row.responsible });

/** A new due window is a new series of reminders. */
const dueAnew = (due: Due, version: number) => ({
  due_version: version,
  due_end: deadlineOf(due) ?? null,
  precision: due.precision,
});

/** What can fall due, and whose turn it is. */
export const reminderSubjects = readModel(
  'reminder-planning',
  {
    ignores: [
      'access',
      'round',
      'focus-area',
      'source-document',
      'organisation',
      'office',
      'follow-up',
      'reminder',
      'subscription',
    ],
  },
  {
    DialogueAnnounced: dialogue((_row, { data }) => ({
      zones: Object.fromEntries(data.parties.map(({ code, zone }) => [code, zone])),
    })),
    PartyJoined: dialogue(
      (row, { data: { code, zone } }) => row && { ...row, zones: { ...row.zones, [code]: zone } },
    ),
    // What it undertook before it left still falls due in its zone.
    PartyLeft: ignored,
    CadenceChanged: ignored,
    VerificationRuleSet: ignored,
    DialogueConcluded: ignored,
    CommitmentProposed: subject((_row, { data, version }) => ({
      ...dueAnew(data.due, version),
      responsible: data.undertakings.map((undertaking) => undertaking.party),
      awaiting: [],
    })),
    DueDateSet: subject((row, { data, version }) => row && { ...row, ...dueAnew(data.due, version) }),
    DueDateResolved: subject(
      (row, { data, version }) => row && { ...row, due_version: version, due_end: data.window?.end ?? null },
    ),
    ExtensionGranted: subject(
      (row, { data, version }) => row && { ...row, ...(data.complete && dueAnew(data.due, version)) },
    ),
    DueDateBroughtForward: subject(
      (row, { data, version }) => row && { ...row, ...dueAnew(data.due, version) },
    ),
    CommitmentReopened: subject(
      (row, { data, version }) => row && { ...row, ...dueAnew(data.due, version), awaiting: row.responsible },
    ),
    CommitmentAgreed: owed(),
    AttestationDeclined: owed(),
    DeliveryClaimed: subject(
      (row, { data }) => row && { ...row, awaiting: row.awaiting.filter((party) => party !== data.party) },
    ),
    DeliveryClaimRetracted: subject(
      (row, { data }) => row && { ...row, awaiting: [...row.awaiting, data.party] },
    ),
    CommitmentVerified: settled(),
    CommitmentWithdrawn: settled(),
    CommitmentSuperseded: settled(),
    CommitmentLapsed: settled(),
    AssessmentRecorded: ignored,
    AssessmentRevised: ignored,
    CommitmentAmended: ignored,
    CommitmentCarriedOver: ignored,
    CommitmentCorrected: ignored,
    CommitmentMerged: ignored,
    CommitmentMovedToFocusArea: ignored,
    CommitmentPaused: ignored,
    CommitmentReaffirmed: ignored,
    CommitmentReclassified: ignored,
    CommitmentResumed: ignored,
    CommitmentSplit: ignored,
    CommitmentTextConfirmed: ignored,
    CommitmentTextObjected: ignored,
    CommitmentTranslated: ignored,
    DeliveryAttested: ignored,
    DisputeRaised: ignored,
    DisputeSettled: ignored,
    EvidenceSubmitted: ignored,
    EvidenceWithdrawn: ignored,
    ExtensionRefused: ignored,
    ExtensionRequested: ignored,
    FocalPointNamed: ignored,
    JointDecisionProposed: ignored,
    NoProgressReported: ignored,
    ProgressReported: ignored,
    UndertakingAssigned: ignored,
    UndertakingTransferred: ignored,
    WithdrawalProposed: ignored,
    WorkStarted: ignored,
    ConfidentialityChanged: ignored,
    PublicationProposed: ignored,
    EmbargoSet: ignored,
    ReleasedToPublic: ignored,
  },
);
