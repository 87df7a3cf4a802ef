import type { Client } from 'pg';
import { pause, type Login } from './connection.js';
import { EmbeddedPostgresError } from './failure.js';

/** Held, in the session of the owner, by the one Pacta that lives on a cluster ("pact" in ASCII). */
const LOCK = 0x70616374;

/** How long a session may outlive the process that was killed, in milliseconds. */
const GRACE = 1000;

/** Wait before the lock is taken anew after the server dropped the session, in milliseconds. */
const RETAKE_AFTER = 200;

/** The lock that shows others that a living Pacta uses the server. */
export interface HeldLock {
  /** From now on the end of the session is expected. */
  letGo(): void;
}

/** Takes the lock in the client's session; throws when another living session keeps it. */
export async function takeLock(client: Client, dataDir: string): Promise<void> {
  for (const since = Date.now(); ; await pause(50)) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      LOCK,
    ]);
    if (rows[0]?.taken) return;
    if (Date.now() - since > GRACE) throw anotherIsRunning(dataDir);
  }
}

/** True while another living session holds the lock. */
export async function isLocked(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK]);
  return !rows[0]?.taken;
}

/** The refusal to share a directory. */
export function anotherIsRunning(dataDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `Another Pacta is already running on ${dataDir}; stop it, or choose another directory.`,
  );
}

/**
 * Keeps the lock that the client's session holds. PostgreSQL ends all sessions when one of its processes
 * crashes, and goes on; the lock is then taken anew.
 */
export function keepLock(client: Client, again: () => Promise<Login>): HeldLock {
  let held = true;
  const watch = (current: Client) => void current.on('end', () => void retake());
  const retake = async (): Promise<void> => {
    while (held) {
      await pause(RETAKE_AFTER);
      if (!held) return;
      const { client: next } = await again();
      const taken = await next?.query('select pg_advisory_lock($1)', [LOCK]).catch(() => undefined);
      if (!next || !taken) continue;
      watch(next);
      if (!held) await next.end().catch(() => undefined);
      return;
    }
  };
  watch(client);
  return {
    letGo: () => {
      held = false;
    },
  };
}
