import { Client, type Pool } from 'pg';

const CHANNEL = 'pacta_log';

/** Wait before connecting again after the listening connection broke, in milliseconds. */
const RECONNECT_AFTER = 2000;

/**
 * Tells other processes that a log has grown. At most one notice per log is under way: under load many
 * appends share one. A lost notice costs a poll interval, nothing else.
 */
export class Notifier {
  private readonly sending = new Map<string, { again: boolean }>();

  constructor(private readonly pool: Pool) {}

  grown(log: string): void {
    const state = this.sending.get(log);
    if (state) state.again = true;
    else void this.send(log);
  }

  private async send(log: string): Promise<void> {
    const state = { again: true };
    this.sending.set(log, state);
    while (state.again) {
      state.again = false;
      await this.pool.query('select pg_notify($1, $2)', [CHANNEL, log]).catch(() => undefined);
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
    private readonly heard: (log: string) => void,
  ) {}

  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      keepAlive: true,
      application_name: 'pacta-listener',
    });
    this.client = client;
    client.on('notification', ({ payload }) => this.heard(payload ?? ''));
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
