import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../event-store/database.js';

/** The environment that a process runs in: what it is told in its settings, or keeps in its data directory. */
export interface MailEnvironment {
  /** The setting MAIL_ENVIRONMENT, for processes that share no data directory. */
  readonly named?: string | undefined;
  readonly dataDir: string;
}

export type FenceState = { readonly mayMail: true } | { readonly mayMail: false; readonly why: string };

const FILE = 'mail-environment';

const ELSEWHERE =
  'No reminders are sent from here: this record was armed for mail in another environment, and this may be a copy. ' +
  'They stay planned; if this is the one that is to mail, say so with "pacta arm-mail".';

/**
 * A record mails only from the environment that armed it: the token that it holds is also kept outside of it. So a copy
 * that was restored elsewhere does not remind people a second time.
 */
export class MailFence {
  /** What this environment knows; undefined while it knows nothing. */
  token: string | undefined;

  constructor(
    private readonly db: Database,
    private readonly environment: MailEnvironment,
  ) {}

  /** Reads what this environment knows anew, and arms a record that was never armed. */
  async look(): Promise<FenceState> {
    this.token = await tokenOf(this.environment);
    if (!(await isArmedAnywhere(this.db))) await this.arm(false);
    return stateWith(this.db, this.token);
  }

  /** Mails go out from here from now on, and from nowhere else: a person said so. */
  async armHere(): Promise<void> {
    this.token = await tokenOf(this.environment);
    await this.arm(true);
  }

  private async arm(evenIfArmed: boolean): Promise<void> {
    const { named, dataDir } = this.environment;
    // A person who arms a copy disarms what it was copied from only if the token is another one.
    const token = named ?? (evenIfArmed ? undefined : this.token) ?? randomUUID();
    if (named === undefined && token !== this.token) {
      await mkdir(dataDir, { recursive: true });
      await writeFile(join(dataDir, FILE), `${token}\n`, { mode: 0o600 });
    }
    this.token = token;
    await (
      evenIfArmed
        ? sql`insert into mail_fence (token) values (${token})
            on conflict (only_one) do update set token = excluded.token, armed_at = now()`
        : sql`insert into mail_fence (token) values (${token}) on conflict do nothing`
    ).execute(this.db);
  }
}

/** Whether this environment may mail, for a health check: changes nothing. An unarmed record is armed by the first worker. */
export async function fenceState(db: Database, environment: MailEnvironment): Promise<FenceState> {
  if (!(await isArmedAnywhere(db))) return { mayMail: true };
  return stateWith(db, await tokenOf(environment));
}

/** True in SQL when the record is armed for the environment that knows `token`. */
export function mayMailSql(token: string | undefined): RawBuilder<boolean> {
  return sql`exists (select from mail_fence where token = ${token ?? null})`;
}

async function stateWith(db: Database, token: string | undefined): Promise<FenceState> {
  const { rows } = await sql<{ armed: boolean }>`select ${mayMailSql(token)} as armed`.execute(db);
  return rows[0]!.armed ? { mayMail: true } : { mayMail: false, why: ELSEWHERE };
}

async function isArmedAnywhere(db: Database): Promise<boolean> {
  const { rows } = await sql`select from mail_fence`.execute(db);
  return rows.length > 0;
}

async function tokenOf({ named, dataDir }: MailEnvironment): Promise<string | undefined> {
  if (named !== undefined) return named;
  try {
    return (await readFile(join(dataDir, FILE), 'utf8')).trim() || undefined;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}
