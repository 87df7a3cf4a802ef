import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Database } from '../event-store/database.js';
import { logPositions } from '../event-store/positions.js';
import { remindersByState, remindersWaiting } from '../reminders/waiting.js';

/** Appends that wait to be written, by log; the writer of the logs knows them. */
export type AppendsWaiting = () => ReadonlyMap<string, number>;

/**
 * What operators watch, in a registry of its own. Labels are names of logs and subscriptions, which everyone may know;
 * what is in an event, or why one could not be handled, is never one.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly readable = this.gauge('pacta_record_readable', '1 when the record could be read, else 0');
  private readonly heads = this.gauge('pacta_log_head_position', 'Position of the last event of a log', [
    'log',
  ]);
  private readonly lags = this.gauge(
    'pacta_subscription_lag_events',
    'Events of a log that a subscription has not handled yet',
    ['subscription', 'log'],
  );
  private readonly parked = this.gauge(
    'pacta_subscription_parked_logs',
    'Logs that a subscription has set aside because it cannot handle an event',
    ['subscription'],
  );
  private readonly waiting = this.gauge('pacta_appends_waiting', 'Appends that wait to be written to a log', [
    'log',
  ]);
  private readonly oldestDue = this.gauge(
    'pacta_reminder_oldest_due_seconds',
    'How long the oldest reminder that is due has waited to be sent; 0 when none is due',
  );
  private readonly reminders = this.gauge(
    'pacta_reminders',
    'Reminders by state; uncertain: handed over, and no answer came',
    ['state'],
  );
  private measuring: Promise<string> | undefined;

  constructor(
    private readonly db: Database,
    private readonly appendsWaiting: AppendsWaiting = () => new Map(),
  ) {
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Everything as it is now, in the text format of Prometheus; with the process alone while the record cannot be read. */
  text(): Promise<string> {
    // The gauges are shared: a second measuring would empty them under the first, and count into them twice.
    this.measuring ??= this.measured().finally(() => (this.measuring = undefined));
    return this.measuring;
  }

  private async measured(): Promise<string> {
    for (const gauge of [this.heads, this.lags, this.parked, this.waiting, this.oldestDue, this.reminders])
      gauge.reset();
    for (const [log, count] of this.appendsWaiting()) this.waiting.set({ log }, count);
    await Promise.all([this.measureLogs(), this.measureReminders()]).then(
      () => this.readable.set(1),
      () => this.readable.set(0),
    );
    return this.registry.metrics();
  }

  private async measureLogs(): Promise<void> {
    for (const { log, head, subscriptions } of await logPositions(this.db)) {
      this.heads.set({ log }, head);
      for (const { subscription, lag, parked } of subscriptions) {
        this.lags.set({ subscription, log }, lag);
        this.parked.inc({ subscription }, parked ? 1 : 0);
      }
    }
  }

  private async measureReminders(): Promise<void> {
    const [{ oldestDueSeconds }, counts] = await Promise.all([
      remindersWaiting(this.db),
      remindersByState(this.db),
    ]);
    this.oldestDue.set(oldestDueSeconds);
    for (const [state, count] of counts) this.reminders.set({ state }, count);
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
