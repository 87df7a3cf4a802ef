import type { ClaimedReminder, Unrecorded } from '../../../src/reminders/ledger.js';

/** A row of `reminder`. */
export interface ReminderRow extends ClaimedReminder {
  mailId: string;
  readonly strength: number;
  /** How often it was put off. */
  readonly snoozed: number;
  /** `due_at` in milliseconds since 1970. */
  readonly dueAt: number;
  state: 'planned' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'skipped' | 'cancelled';
  notBefore: number | undefined;
  leaseUntil: number;
  tries: number;
  fence: number;
  onRecord: boolean;
  late: boolean;
  failedWhy: Unrecorded['failed_why'];
  failedCode: number | null;
}

/** What of a row is there when it is planned. */
export type PlannedRow = ClaimedReminder & Pick<ReminderRow, 'mailId' | 'strength' | 'snoozed'>;

/** A row of `delivery_attempt`. */
export interface AttemptRow {
  readonly mailId: string;
  readonly fence: number;
  readonly messageId: string;
  raw: Buffer | undefined;
  dataStarted: boolean;
  outcome: string | undefined;
}

export function rowOf(planned: PlannedRow): ReminderRow {
  return {
    ...planned,
    dueAt: Date.parse(planned.due_at),
    state: 'planned',
    notBefore: undefined,
    leaseUntil: 0,
    tries: 0,
    fence: 0,
    onRecord: false,
    late: false,
    failedWhy: null,
    failedCode: null,
  };
}
