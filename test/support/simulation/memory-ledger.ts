import { cutOff, type DeliveryPolicy, timeliness } from '../../../src/reminders/delivery-policy.js';
import type {
  Attempted,
  ClaimedMail,
  DueMail,
  PerhapsSent,
  ReminderLedger,
  Unrecorded,
} from '../../../src/reminders/ledger.js';
import { gatherMissedDigests, skipOvertaken } from './memory-plan.js';
import { type AttemptRow, type PlannedRow, type ReminderRow, rowOf } from './memory-rows.js';
import type { Life, World } from './world.js';

const LEASE = { claim: 60_000, message: 180_000 };

/** The ledger in memory, by the rules of the one in PostgreSQL; each call happens at once or not at all. */
export class MemoryLedger {
  readonly reminders: ReminderRow[] = [];
  readonly attempts: AttemptRow[] = [];

  constructor(
    private readonly world: World,
    private readonly policy: DeliveryPolicy,
  ) {}

  plan(row: PlannedRow): void {
    this.reminders.push(rowOf(row));
  }

  /** The ledger as a process sees it. */
  seenBy(life: Pick<Life, 'step'>): ReminderLedger {
    return {
      due: (aheadMs) => life.step(() => this.due(aheadMs)),
      claim: (mailId) => life.step(() => this.claim(mailId)),
      cancel: (claim, reminders) => life.step(() => this.cancel(claim, reminders)),
      intend: (claim, message) => life.step(() => this.intend(claim, message)),
      startData: (claim) => life.step(() => this.startData(claim)),
      finish: (claim, attempted) => life.step(() => this.finish(claim, attempted)),
      notOnRecord: (mailId) => life.step(() => this.notOnRecord(mailId)),
      putOnRecord: (reminder) => life.step(() => this.putOnRecord(reminder)),
    };
  }

  private due(aheadMs: number): DueMail[] {
    const { now } = this.world;
    this.takeUpCutOff();
    skipOvertaken(this.reminders, this.reminders, now);
    gatherMissedDigests(this.reminders, now);
    const mails = new Map<string, number>();
    const until = now + aheadMs;
    const open = this.reminders.filter(
      (row) =>
        row.state === 'planned' || (row.state === 'uncertain' && row.onRecord && row.notBefore !== undefined),
    );
    for (const row of open.toSorted((one, other) => one.dueAt - other.dueAt)) {
      const at = Math.max(row.dueAt, row.notBefore ?? 0);
      if (at <= until) mails.set(row.mailId, Math.min(at, mails.get(row.mailId) ?? Infinity));
    }
    return [...mails].map(([mailId, at]) => ({
      mailId,
      inMs: Math.max(0, at - now),
      claims: Math.max(...this.reminders.filter((row) => row.mailId === mailId).map(({ fence }) => fence)),
    }));
  }

  private claim(mailId: string): ClaimedMail | undefined {
    const rows = this.reminders.filter((row) => row.mailId === mailId);
    if (rows.some(({ state }) => state === 'sending')) return undefined;
    const attempts = this.attempts.filter((attempt) => attempt.mailId === mailId);
    const perhaps = this.perhapsSentIn(rows);
    const claimed = perhaps ?? this.ripe(rows);
    const [first] = claimed;
    if (!first) return undefined;
    const earlier = perhaps && attempts.find(({ fence }) => fence === first.fence);
    const fence = Math.max(0, ...[...rows, ...attempts].map((each) => each.fence)) + 1;
    for (const row of claimed) {
      Object.assign(row, {
        state: 'sending',
        fence,
        tries: row.tries + 1,
        leaseUntil: this.world.now + LEASE.claim,
      });
    }
    const messagesBefore = attempts.filter(({ outcome }) => outcome === 'sent' || outcome === 'uncertain');
    return {
      mailId,
      fence,
      log: first.log_id,
      contact: first.contact,
      reminders: claimed.map((row) => ({ ...row })),
      tries: Math.max(...claimed.map(({ tries }) => tries)),
      now: this.world.instant,
      messagesBefore: new Set(messagesBefore.map(({ messageId }) => messageId)).size,
      perhapsSent: earlier && this.sendAgain(mailId, fence, earlier.messageId, attempts),
    };
  }

  private perhapsSentIn(rows: readonly ReminderRow[]): ReminderRow[] | undefined {
    const inDoubt = rows.filter(({ state }) => state === 'uncertain');
    return inDoubt
      .map((one) => inDoubt.filter(({ fence }) => fence === one.fence))
      .find((together) =>
        together.every((row) => row.onRecord && (row.notBefore ?? Infinity) <= this.world.now),
      );
  }

  private ripe(rows: readonly ReminderRow[]): ReminderRow[] {
    const { now } = this.world;
    const due = rows.filter(
      (row) => row.state === 'planned' && row.dueAt <= now && (row.notBefore ?? 0) <= now,
    );
    skipOvertaken(this.reminders, due, now);
    for (const row of due) {
      if (row.state === 'planned' && timeliness(row, this.world.instant, this.policy) === 'too-late') {
        Object.assign(row, { state: 'failed', failedWhy: 'too-late', onRecord: false });
      }
    }
    return due.filter(({ state }) => state === 'planned');
  }

  private sendAgain(
    mailId: string,
    fence: number,
    messageId: string,
    attempts: readonly AttemptRow[],
  ): PerhapsSent {
    const same = attempts.filter((attempt) => attempt.messageId === messageId);
    this.attempts.push({ mailId, fence, messageId, raw: undefined, dataStarted: false, outcome: undefined });
    return {
      messageId,
      raw: same.find(({ raw }) => raw)?.raw,
      times: same.filter(({ outcome }) => outcome === 'uncertain').length,
    };
  }

  private cancel({ mailId, fence }: ClaimedMail, reminders: readonly string[]): void {
    for (const row of this.rowsOf(mailId, fence)) {
      if (row.state === 'sending' && reminders.includes(row.id)) row.state = 'cancelled';
    }
  }

  private intend(claim: ClaimedMail, { messageId, raw }: { messageId: string; raw: Buffer }): boolean {
    if (!this.isHeld(claim)) return false;
    const known = this.attemptOf(claim);
    const kept = claim.perhapsSent?.raw ? undefined : raw;
    if (known) known.raw = kept;
    else {
      const { mailId, fence } = claim;
      this.attempts.push({ mailId, fence, messageId, raw: kept, dataStarted: false, outcome: undefined });
    }
    return true;
  }

  private startData(claim: ClaimedMail): boolean {
    const attempt = this.attemptOf(claim);
    if (!attempt || attempt.outcome || !this.isHeld(claim)) return false;
    attempt.dataStarted = true;
    for (const row of this.rowsOf(claim.mailId, claim.fence)) row.leaseUntil = this.world.now + LEASE.message;
    return true;
  }

  private finish(
    { mailId, fence }: Pick<ClaimedMail, 'mailId' | 'fence'>,
    { outcome, ending, late }: Attempted,
  ): void {
    const rows = this.rowsOf(mailId, fence).filter(({ state }) =>
      ['sending', 'planned', 'uncertain'].includes(state),
    );
    for (const row of rows) {
      const afterMs = 'afterMs' in ending ? ending.afterMs : undefined;
      row.state = ending.state;
      row.notBefore = afterMs === undefined ? undefined : this.world.now + afterMs;
      row.onRecord = false;
      row.late = late.includes(row.id);
      row.failedWhy = ending.state === 'failed' ? ending.why : null;
      row.failedCode = ending.state === 'failed' ? (outcome.code ?? null) : null;
    }
    const attempt = this.attemptOf({ mailId, fence });
    if (!attempt || (attempt.outcome && rows.length === 0)) return;
    attempt.outcome = outcome.outcome;
    if (ending.state === 'uncertain') return;
    for (const same of this.attempts) {
      if (same.mailId === mailId && same.messageId === attempt.messageId) same.raw = undefined;
    }
  }

  private takeUpCutOff(): void {
    const cut = this.reminders.filter(
      ({ state, leaseUntil }) => state === 'sending' && leaseUntil < this.world.now,
    );
    for (const { mailId, fence, tries } of cut) {
      const attempt = this.attemptOf({ mailId, fence });
      const perhapsSent =
        attempt &&
        this.attempts.some(
          (earlier) =>
            earlier.messageId === attempt.messageId &&
            earlier.fence < fence &&
            earlier.outcome === 'uncertain',
        );
      const reminders = this.rowsOf(mailId, fence);
      const tried = { tries, reminders, ...(perhapsSent && { perhapsSent }) };
      this.finish({ mailId, fence }, cutOff(attempt?.dataStarted ?? false, tried, this.policy));
    }
  }

  private notOnRecord(mailId?: string): Unrecorded[] {
    return this.reminders
      .filter((row) => !row.onRecord && (mailId === undefined || row.mailId === mailId))
      .toSorted((one, other) => one.dueAt - other.dueAt)
      .flatMap((row) => {
        const { state } = row;
        if (state !== 'sent' && state !== 'uncertain' && state !== 'failed') return [];
        const held = state === 'uncertain' && row.notBefore === undefined;
        return [
          {
            ...row,
            state,
            held,
            mail_id: row.mailId,
            failed_why: row.failedWhy,
            failed_code: row.failedCode,
          },
        ];
      });
  }

  private putOnRecord({ id, fence, state }: Unrecorded): void {
    const row = this.reminders.find((each) => each.id === id);
    if (row?.fence === fence && row.state === state) row.onRecord = true;
  }

  private rowsOf(mailId: string, fence: number): ReminderRow[] {
    return this.reminders.filter((row) => row.mailId === mailId && row.fence === fence);
  }

  private attemptOf({ mailId, fence }: Pick<ClaimedMail, 'mailId' | 'fence'>): AttemptRow | undefined {
    return this.attempts.find((attempt) => attempt.mailId === mailId && attempt.fence === fence);
  }

  private isHeld({ mailId, fence, reminders }: ClaimedMail): boolean {
    const held = this.rowsOf(mailId, fence).filter(
      ({ state, leaseUntil }) => state === 'sending' && leaseUntil > this.world.now,
    );
    return held.length === reminders.length;
  }
}
