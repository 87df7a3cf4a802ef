import { setTimeout as pause } from 'node:timers/promises';
import { Client, type Pool } from 'pg';

const CHANNEL = 'pacta_log';

/** Least time between two notices of one log, in milliseconds: each wakes every process, which then looks at the log. */
const NOTICE_EVERY = 25;

/** Wait before connecting again after the listening connection broke, in milliseconds. */
const RECONNECT_AFTER = 2000;

/** A notice that is lost in a crash is lost with those who would have heard it: its commit need not wait for the disk. */
const NOTIFY = `select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)`;

/**
 * Tells other processes that a log has grown: the first time at once, and then so often at most that under load many
 * appends share a notice. A lost notice costs a poll interval, nothing else.
 */
export class Notifier {
  /** Logs of which a notice went out of late, with the position that is to be told after it, if any. */
  private readonly sending = new Map<string, { next: number | undefined }>();

  constructor(private readonly pool: Pool) {}

  grown(log: string, position: number): void {
    const state = this.sending.get(log);
    if (state) state.next = position;
    else void this.send(log, position);
  }

  private async send(log: string, position: number): Promise<void> {
    const state: { next: number | undefined } = { next: position };
    this.sending.set(log, state);
    while (state.next !== undefined) {
      const notice = `${log} ${state.next}`;
      state.next = undefined;
      await this.pool
        .query({ name: 'notify', text: NOTIFY, values: [CHANNEL, notice] })
        .catch(() => undefined);
      await pause(NOTICE_EVERY, undefined, { ref: false });
    }
    this.sending.delete(log);
  }
}

/** Hears from other processes that a log has grown. It reconnects for as long as it is not stopped. */
export class Listener {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly heard: (log: string, position: number) => void,
  ) {}

  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      keepAlive: true,
      keepAliveInitialDelayMillis: 1000,
      application_name: 'pacta-listener',
    });
    this.client = client;
    client.on('notification', ({ payload = '' }) => {
      const [log, position] = payload.split(' ');
      if (log && position) this.heard(log, Number(position));
    });
    client.on('error', () => undefined);
    client.on('end', () => this.startLater());
    await client
      .connect()
      .then(() => client.query(`listen ${CHANNEL}`))
      .catch(() => this.startLater());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private startLater(): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.start(), RECONNECT_AFTER);
  }
}
