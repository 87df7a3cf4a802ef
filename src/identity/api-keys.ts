import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { allGrants, type GrantAnswer } from '../read-models/grant-answers.js';
import { gathered } from './gathered.js';
import type { Grants, Terms } from './grants.js';

export interface KeyTerms extends Terms {
  /** What its maker notes about it, to tell it from others. Kept beside the log. */
  readonly note?: string | undefined;
}

/** A key as it can be shown: never its secret. Instants are ISO 8601. */
export interface KnownKey {
  readonly id: string;
  readonly note: string | undefined;
  readonly createdAt: string;
  /** True to about a minute. */
  readonly lastUsedAt: string | undefined;
  readonly grants: readonly GrantAnswer[];
}

/** Whoever sent a key that is one of ours. */
interface KeyHolder {
  readonly subject: string;
  /** Notes that the key was used just now, at most once a minute. */
  noteUse(): Promise<void>;
}

const SECRET_BYTES = 24;
const form = /^pacta_([0-9a-f]{10})_([A-Za-z0-9_-]{32})$/;

/** The subject that a key's grants are given to. */
export function subjectOfKey(id: string): string {
  return `key-${id}`;
}

/** The subject that a key says it is of, whether it is good or not; undefined for what cannot be one. */
export function subjectOf(key: string): string | undefined {
  const id = form.exec(key)?.[1];
  return id && subjectOfKey(id);
}

interface KeyRow {
  readonly id: string;
  readonly secret_hash: Buffer;
  /** Its last use was noted within a minute. */
  readonly noted: boolean | null;
}

/**
 * API keys: `pacta_<id>_<secret>`, shown once when made and kept only as a digest. A key says who is asking; what
 * they may do, and until when, is granted to its subject.
 */
export class ApiKeys {
  private readonly rowOf: (id: string) => Promise<KeyRow | undefined>;

  constructor(
    private readonly db: Database,
    private readonly grants: Grants,
  ) {
    this.rowOf = gathered((ids) => rowsOf(db, ids));
  }

  /** Makes a key and returns it; it cannot be shown again, and works at once. Throws the domain's Refusal of the grant. */
  async create({ note, ...terms }: KeyTerms): Promise<string> {
    const id = randomBytes(5).toString('hex');
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    await this.grants.give(subjectOfKey(id), terms);
    await sql`
      insert into api_key (id, secret_hash, note) values (${id}, ${digest(secret)}, ${note ?? null})`.execute(
      this.db,
    );
    return `pacta_${id}_${secret}`;
  }

  /** Who holds this key; undefined for one that was never made. Says nothing about what is granted. */
  async holderOf(key: string): Promise<KeyHolder | undefined> {
    const [, id, secret] = form.exec(key) ?? [];
    if (!id || !secret) return undefined;
    const row = await this.rowOf(id);
    // A secret has 192 random bits: a plain digest is as good as a slow one, and checked on every request.
    if (!row || !timingSafeEqual(row.secret_hash, digest(secret))) return undefined;
    return { subject: subjectOfKey(id), noteUse: async () => void (row.noted || (await this.noteUse(id))) };
  }

  /** Every key, the oldest first, with everything that its subject was ever granted. */
  async list(): Promise<KnownKey[]> {
    const { rows } = await sql<
      Record<'id' | 'created_at', string> & Record<'note' | 'last_used_at', string | null>
    >`
      select id, note, created_at, last_used_at from api_key order by created_at, id`.execute(this.db);
    const grants = await allGrants(this.db);
    return rows.map((row) => ({
      id: row.id,
      note: row.note ?? undefined,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at ?? undefined,
      grants: grants.filter(({ subject }) => subject === subjectOfKey(row.id)),
    }));
  }

  private async noteUse(id: string): Promise<void> {
    await sql`
      update api_key set last_used_at = now()
       where id = ${id} and (last_used_at is null or last_used_at <= now() - interval '1 minute')`.execute(
      this.db,
    );
  }
}

async function rowsOf(db: Database, ids: readonly string[]): Promise<(KeyRow | undefined)[]> {
  const { rows } = await sql<KeyRow>`
    select id, secret_hash, last_used_at > now() - interval '1 minute' as noted
      from api_key where id = any(${ids}::text[])`.execute(db);
  return ids.map((id) => rows.find((row) => row.id === id));
}

function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
