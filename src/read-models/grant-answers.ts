import { sql } from 'kysely';
import type { Role } from '../domain/actor.js';
import type { Grant } from '../domain/access.js';
import type { Database } from '../event-store/database.js';

/** A grant as it stands, with its subject and instants (ISO 8601). */
export interface GrantAnswer extends Grant {
  readonly subject: string;
  readonly grantedAt: string;
  readonly revokedAt?: string | undefined;
}

/** A grant as its view has it. */
export interface GrantRow {
  readonly subject: string;
  readonly id: string;
  readonly role: Role;
  readonly party: string | null;
  readonly dialogue: string | null;
  readonly organisation: string | null;
  readonly granted_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
}

/** Everything that was ever granted, the oldest first. */
export async function allGrants(db: Database): Promise<GrantAnswer[]> {
  const { rows } = await sql<GrantRow>`
    select * from access_grant where log_id = 'registry' order by position`.execute(db);
  return rows.map(answerOf);
}

export function answerOf(row: GrantRow): GrantAnswer {
  return {
    subject: row.subject,
    grant: row.id,
    role: row.role,
    party: row.party ?? undefined,
    dialogue: row.dialogue ?? undefined,
    organisation: row.organisation ?? undefined,
    grantedAt: row.granted_at,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  };
}
