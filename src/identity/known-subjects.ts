import { sql } from 'kysely';
import type { Store } from '../event-store/database.js';
import { runPrepared } from '../event-store/prepared.js';
import { answerOf, type GrantAnswer, type GrantRow } from '../read-models/grant-answers.js';
import { gathered } from '../event-store/gathered.js';

/** A subject as it is known at this moment, by the database's clock. */
export interface KnownSubject {
  /** What is granted to it, the oldest first. */
  readonly grants: readonly GrantAnswer[];
  /** Digest of the secret of the key that it is, if anything is granted to that; undefined for whoever comes with a token. */
  readonly secretHash: Buffer | undefined;
  /** The key's last use was noted within a minute. */
  readonly isUseNoted: boolean;
}

type Row = GrantRow & { readonly secret_hash: Buffer | null; readonly noted: boolean | null };

/** Looks subjects up anew for every request, those of many requests in one query. */
export function knownSubjects(store: Store): (subject: string) => Promise<KnownSubject> {
  return gathered(async (subjects) => {
    const rows = await runPrepared(store, knownAmong([...new Set(subjects)]));
    return subjects.map((subject) => {
      const own = rows.filter((row) => row.subject === subject);
      const grants = own.map(answerOf);
      return { grants, secretHash: own[0]?.secret_hash ?? undefined, isUseNoted: own[0]?.noted ?? false };
    });
  });
}

function knownAmong(subjects: readonly string[]) {
  return sql<Row>`
    select g.*, k.secret_hash, k.last_used_at > now() - interval '1 minute' as noted
      from access_grant g
      left join api_key k on g.subject = 'key-' || k.id and k.id = substr(g.subject, 5)
     where g.log_id = 'registry' and g.subject = any(${subjects}::text[])
       and g.revoked_at is null and (g.expires_at is null or g.expires_at > now())
     order by g.position`;
}
