import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { migrate } from '../../src/event-store/migrate.js';
import { CuttingProxy } from './cutting-proxy.js';

/** A crash of the server loses nothing that was committed; of the machine it would, and that does not happen here. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '120' };

/** A PostgreSQL that belongs to one spec, with Pacta's tables: it can be restarted under those who use it. */
export class OwnServer {
  private constructor(
    private readonly dataDir: string,
    private postgres: EmbeddedPostgres,
    readonly proxy: CuttingProxy,
  ) {}

  static async start(): Promise<OwnServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'pacta-faults-'));
    const postgres = await startOn(dataDir);
    await migrate(postgres.ownerUrl);
    return new OwnServer(dataDir, postgres, await CuttingProxy.open(portOf(postgres)));
  }

  /** The service's login, at an address that stays the same. */
  get serviceUrl(): string {
    return this.proxy.through(this.postgres.serviceUrl);
  }

  /** The owner's login, at an address that stays the same. */
  get ownerUrl(): string {
    return this.proxy.through(this.postgres.ownerUrl);
  }

  /** Does something as the owner, by a way that only the server's own end cuts. */
  async asOwner<Result>(act: (client: Client) => Promise<Result>): Promise<Result> {
    const client = new Client({ connectionString: this.postgres.ownerUrl, application_name: 'trouble' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(`set search_path to pacta; set time zone 'UTC'`);
      return await act(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Ends every session, shuts down in order, and starts again. */
  async restart(): Promise<void> {
    await this.postgres.stop();
    this.postgres = await startOn(this.dataDir);
    this.proxy.target = portOf(this.postgres);
  }

  /** Kills one of the server's processes; it then ends all of them at once and recovers from its log. */
  async crash(): Promise<void> {
    await this.asOwner(async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      process.kill(rows[0]!.pid, 'SIGKILL');
    });
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    await this.postgres.stop();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

function startOn(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, say: () => undefined, settings: SETTINGS });
}

function portOf({ ownerUrl }: EmbeddedPostgres): number {
  return Number(new URL(ownerUrl).port);
}
