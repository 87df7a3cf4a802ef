import { setTimeout as pause } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import type { Grown } from './append.js';

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
  /** Logs of which a notice went out of late, with what is to be told after it, if anything. */
  private readonly sending = new Map<string, { next: Notice | undefined }>();

  constructor(private readonly pool: Pool) {}

  readonly grown: Grown = (log, position, types = new Set()) => {
    const state = this.sending.get(log);
    if (state) state.next = { position, types: new Set([...(state.next?.types ?? []), ...types]) };
    else void this.send(log, { position, types });
  };

  private async send(log: string, notice: Notice): Promise<void> {
    const state: { next: Notice | undefined } = { next: notice };
    this.sending.set(log, state);
    while (state.next) {
      const { position, types } = state.next;
      state.next = undefined;
      await this.pool
        .query({ name: 'notify', text: NOTIFY, values: [CHANNEL, `${log} ${position} ${[...types].join()}`] })
        .catch(() => undefined);
      await pause(NOTICE_EVERY, undefined, { ref: false });
    }
    this.sending.delete(log);
  }
}

interface Notice {
  readonly position: number;
  /** Types of the events since the last notice: fewer than a hundred names, and a notice has room for 8000 bytes. */
  readonly types: ReadonlySet<string>;
}

/** Hears from other processes that a log has grown. It reconnects for as long as it is not stopped. */
export class Listener {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly heard: Grown,
  ) {}

  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 1000,
      application_name: 'pacta-listener',
    });
    this.client = client;
    client.on('notification', ({ payload = '' }) => {
      const [log, position, types] = payload.split(' ');
      if (log && position) this.heard(log, Number(position), types ? new Set(types.split(',')) : undefined);
    });
    client.on('error', () => undefined);
    client.on('end', () => this.startAfter(client));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch {
      // Also a server that lets nobody listen, as one that is in recovery, has made a session, which would stay.
      void client.end().catch(() => undefined);
      this.startAfter(client);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private startAfter(client: Client): void {
    if (this.stopped || client !== this.client) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.start(), RECONNECT_AFTER);
  }
}
