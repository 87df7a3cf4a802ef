import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor, Role } from '../domain/actor.js';
import type { Database } from '../event-store/database.js';

/** What a key says about its holder. */
export interface Holder {
  readonly actor: Actor;
  /** The one dialogue the key is good for; undefined for all. */
  readonly dialogue?: string | undefined;
}

export interface KeyTerms {
  readonly role: Exclude<Role, 'system'>;
  readonly party?: string | undefined;
  readonly dialogue?: string | undefined;
  /** The instant it stops working, ISO 8601. */
  readonly expiresAt?: string | undefined;
}

const SECRET_BYTES = 24;
const form = /^pacta_([a-z0-9]{10})_([A-Za-z0-9_-]{32})$/;

/** API keys: `pacta_<id>_<secret>`, shown once when made and kept only as a digest. */
export class ApiKeys {
  constructor(private readonly db: Database) {}

  /** Makes a key and returns it; it cannot be shown again. */
  async create({ role, party, dialogue, expiresAt }: KeyTerms): Promise<string> {
    const id = randomBytes(5).toString('hex');
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    await sql`
      insert into api_key (id, secret_hash, role, party, log_id, expires_at)
      values (${id}, ${digest(secret)}, ${role}, ${party ?? null}, ${dialogue ?? null}, ${expiresAt ?? null})`.execute(
      this.db,
    );
    return `pacta_${id}_${secret}`;
  }

  /** Who holds this key; undefined for one that is unknown, expired or revoked. */
  async holderOf(key: string): Promise<Holder | undefined> {
    const [, id, secret] = form.exec(key) ?? [];
    if (!id || !secret) return undefined;
    const { rows } = await sql<{
      secret_hash: Buffer;
      role: Role;
      party: string | null;
      log_id: string | null;
    }>`
      select secret_hash, role, party, log_id from api_key
       where id = ${id} and revoked_at is null and (expires_at is null or expires_at > now())`.execute(
      this.db,
    );
    const row = rows[0];
    // A secret has 192 random bits: a plain digest is as good as a slow one, and checked on every request.
    if (!row || !timingSafeEqual(row.secret_hash, digest(secret))) return undefined;
    return {
      actor: { id: `key-${id}`, role: row.role, ...(row.party && { party: row.party }) },
      dialogue: row.log_id ?? undefined,
    };
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
