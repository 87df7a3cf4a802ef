import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { allGrants, type GrantAnswer } from '../read-models/grant-answers.js';
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

const SECRET_BYTES = 24;
const form = /^pacta_([0-9a-f]{10})_([A-Za-z0-9_-]{32})$/;

/** The subject that a key's grants are given to. */
export function subjectOfKey(id: string): string {
  return `key-${id}`;
}

/** A key taken apart. */
interface KeyParts {
  readonly id: string;
  /** The subject that it says it is of, whether it is good or not. */
  readonly subject: string;
  /** Compares its secret with the digest that is kept of one. */
  hasSecretOf(secretHash: Buffer | undefined): boolean;
}

/** Undefined for what cannot be a key. */
export function takenApart(key: string): KeyParts | undefined {
  const [, id, secret] = form.exec(key) ?? [];
  if (!id || !secret) return undefined;
  return {
    id,
    subject: subjectOfKey(id),
    // A secret has 192 random bits: a plain digest is as good as a slow one, and checked on every request.
    hasSecretOf: (secretHash) => secretHash !== undefined && timingSafeEqual(secretHash, digest(secret)),
  };
}

/**
 * API keys: `pacta_<id>_<secret>`, shown once when made and kept only as a digest. A key says who is asking; what
 * they may do, and until when, is granted to its subject.
 */
export class ApiKeys {
  constructor(
    private readonly db: Database,
    private readonly grants: Grants,
  ) {}

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

  /** True of a key that was made here. Says nothing about what is granted. */
  async isKnown(key: string): Promise<boolean> {
    const parts = takenApart(key);
    if (!parts) return false;
    const { rows } = await sql<{ secret_hash: Buffer }>`
      select secret_hash from api_key where id = ${parts.id}`.execute(this.db);
    return parts.hasSecretOf(rows[0]?.secret_hash);
  }

  /** Notes that a key was used just now, at most once a minute. */
  async noteUse(id: string): Promise<void> {
    await sql`
      update api_key set last_used_at = now()
       where id = ${id} and (last_used_at is null or last_used_at <= now() - interval '1 minute')`.execute(
      this.db,
    );
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
}

function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
