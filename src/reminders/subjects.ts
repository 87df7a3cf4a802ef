import { type Day, windowOf } from '../domain/calendar.js';
import { deadlineOf, type Due, type Rhythm } from '../domain/due.js';
import { factsAfter, momentOf, type ReminderFacts } from '../domain/reminder-facts.js';
import type { ReminderPolicy } from '../domain/reminder-policy.js';
import { owingParties, type Turn, turnsOf } from '../domain/reminder-turn.js';
import type { Facts } from '../domain/vocabulary.js';
import { type EventOf, effectsOn, idIn, ignored, readModel } from '../read-models/projection.js';

/** A row of `reminder_subject`: a commitment as reminders see it. */
export interface Subject {
  /** Version of the commitment's stream that fixed the due window; a new window is a new series of reminders. */
  readonly due_version: number;
  /** When that was on record. */
  readonly due_since: Day;
  readonly due_end: Day | null;
  readonly precision: string;
  /** Rhythm of what is due again and again. */
  readonly every?: Rhythm | null;
  readonly responsible: readonly string[];
  /** Parties that have agreed to it and not yet claimed delivery. */
  readonly awaiting: readonly string[];
  readonly facts: ReminderFacts;
  readonly turns: readonly Turn[];
}

/** A row of `reminder_dialogue`. */
export interface DialogueRow {
  /** By code of the party. */
  readonly zones: Readonly<Record<string, string>>;
  readonly policy: ReminderPolicy | null;
}

type Type = Facts['commitment']['type'];
type Window = Pick<Subject, 'due_version' | 'due_since' | 'due_end' | 'precision' | 'every'>;

const dialogue = effectsOn<DialogueRow>('reminder_dialogue', () => [{}]);
const round = effectsOn<{ starts_on: Day | null }>('reminder_round', (event) => [
  { id: idIn('round', event) },
]);
const subject = effectsOn<Subject>('reminder_subject', (event) => [
  { commitment: idIn('commitment', event) },
]);

/** Folds what it says of whose turn it is, and the due window where it fixes one. */
const turn = <T extends Type>(
  windowAfter?: (event: EventOf<T>, row: Subject | undefined) => Window | undefined,
) =>
  subject<T>((row, event) => {
    const facts = factsAfter(row?.facts, event as never);
    const window = windowAfter?.(event, row) ?? row;
    if (!facts || !window) return undefined;
    const { due_version, due_since, due_end, precision, every } = window;
    const fixed = { version: due_version, on: due_since };
    return {
      due_version,
      due_since,
      due_end,
      precision,
      every,
      responsible: facts.responsible,
      awaiting: owingParties(facts),
      facts,
      turns: turnsOf(facts, { fixed, end: due_end ?? undefined }),
    };
  });

/** A new due window is a new series of reminders. */
const dueAnew = <T extends Type>(due: Due, event: EventOf<T>): Window => {
  const { version, on } = momentOf(event as never);
  const every = due.precision === 'recurring' ? due.every : null;
  return {
    due_version: version,
    due_since: on,
    due_end: deadlineOf(due) ?? null,
    precision: due.precision,
    every,
  };
};

const planned = (plannedFor: string) => ({ starts_on: windowOf(plannedFor).start });
const noLongerAhead = <T extends 'RoundPostponed' | 'RoundHeld' | 'RoundCancelled'>() =>
  round<T>((row) => row && { ...row, starts_on: null });

/** What can fall due, and whose turn it is. */
export const reminderSubjects = readModel(
  'reminder-planning',
  {
    ignores: [
      'access',
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
      policy: null,
    })),
    PartyJoined: dialogue(
      (row, { data: { code, zone } }) => row && { ...row, zones: { ...row.zones, [code]: zone } },
    ),
    // What it undertook before it left still falls due in its zone.
    PartyLeft: ignored,
    CadenceChanged: ignored,
    VerificationRuleSet: ignored,
    ReminderPolicySet: dialogue((row, { data }) => row && { ...row, policy: data }),
    DialogueConcluded: ignored,
    RoundScheduled: round((_row, { data }) => planned(data.plannedFor)),
    RoundRescheduled: round((_row, { data }) => planned(data.plannedFor)),
    RoundPostponed: noLongerAhead(),
    RoundHeld: noLongerAhead(),
    RoundCancelled: noLongerAhead(),
    RoundClosed: ignored,
    CoChairNamed: ignored,
    OutcomeDocumentAdopted: ignored,
    CommitmentProposed: turn((event) => dueAnew(event.data.due, event)),
    DueDateSet: turn((event) => dueAnew(event.data.due, event)),
    DueDateResolved: turn(
      (event, row) =>
        row && {
          ...dueAnew({ precision: 'none' }, event),
          due_end: event.data.window?.end ?? null,
          precision: row.precision,
          every: row.every ?? null,
        },
    ),
    ExtensionGranted: turn((event) => (event.data.complete ? dueAnew(event.data.due, event) : undefined)),
    DueDateBroughtForward: turn((event) => dueAnew(event.data.due, event)),
    CommitmentReopened: turn((event) => dueAnew(event.data.due, event)),
    CommitmentAgreed: turn(),
    CommitmentAmended: turn(),
    CommitmentCorrected: turn(),
    CommitmentTextConfirmed: turn(),
    CommitmentTextObjected: turn(),
    FocalPointNamed: turn(),
    ExtensionRequested: turn(),
    ExtensionRefused: turn(),
    WorkStarted: turn(),
    ProgressReported: turn(),
    NoProgressReported: turn(),
    CommitmentPaused: turn(),
    CommitmentResumed: turn(),
    EvidenceSubmitted: turn(),
    EvidenceWithdrawn: turn(),
    DeliveryClaimed: turn(),
    DeliveryClaimRetracted: turn(),
    DeliveryAttested: turn(),
    AttestationDeclined: turn(),
    CommitmentVerified: turn(),
    CommitmentWithdrawn: turn(),
    CommitmentSuperseded: turn(),
    CommitmentLapsed: turn(),
    WithdrawalProposed: turn(),
    AssessmentRecorded: ignored,
    AssessmentRevised: ignored,
    CommitmentCarriedOver: ignored,
    CommitmentMerged: turn(),
    CommitmentMovedToFocusArea: ignored,
    CommitmentReaffirmed: ignored,
    CommitmentReclassified: ignored,
    CommitmentSplit: turn(),
    CommitmentTranslated: ignored,
    DisputeRaised: ignored,
    DisputeSettled: ignored,
    JointDecisionProposed: ignored,
    UndertakingAssigned: ignored,
    UndertakingTransferred: ignored,
    ConfidentialityChanged: ignored,
    PublicationProposed: ignored,
    EmbargoSet: ignored,
    ReleasedToPublic: ignored,
  },
);
