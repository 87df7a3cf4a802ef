import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';

/** What links are signed with. */
export interface SigningKey {
  bytes(): Promise<Buffer>;
}

/** Bytes of the key, as many as the hash gives (RFC 2104, section 3). */
const KEY_BYTES = 32;

/** The key of this record: made by whoever needs it first, asked for once per process, and never told. */
export class RecordSigningKey implements SigningKey {
  private asked: Promise<Buffer> | undefined;

  constructor(private readonly db: Database) {}

  bytes(): Promise<Buffer> {
    this.asked ??= keyIn(this.db).catch((error: unknown) => {
      // Another time the database may answer.
      this.asked = undefined;
      throw error;
    });
    return this.asked;
  }
}

async function keyIn(db: Database): Promise<Buffer> {
  await sql`insert into signing_key (key) values (${randomBytes(KEY_BYTES)}) on conflict do nothing`.execute(
    db,
  );
  const { rows } = await sql<{ key: Buffer }>`select key from signing_key`.execute(db);
  return rows[0]!.key;
}
