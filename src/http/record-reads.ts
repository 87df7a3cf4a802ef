import type { FastifyReply, FastifyRequest } from 'fastify';
import { id as reference } from '../commands/fields.js';
import { NotFound } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { type Documents, listed, recorded, recordVersion } from '../read-models/record-answers.js';
import { isUnchanged } from './conditional-request.js';

/** Everything of one kind on a log's record, or undefined for a caller who has it already. */
export async function listOr304<Kind extends keyof Documents>(
  db: Database,
  log: string,
  kind: Kind,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Documents[Kind][] | undefined> {
  // Read before the list: a tag that is too old costs a poll, one that is too new would hide a change.
  const version = await recordVersion(db, log);
  return isUnchanged(request, reply, version) ? undefined : listed(db, log, kind);
}

/** One document of a log's record, or undefined for a caller who has it already. Throws {@link NotFound}. */
export async function oneOr304<Kind extends keyof Documents>(
  db: Database,
  log: string,
  kind: Kind,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Documents[Kind] | undefined> {
  const version = await recordVersion(db, log);
  // What is no reference is on nobody's record, and the database need not be asked.
  const document = reference.safeParse(id).success ? await recorded(db, log, kind, id) : undefined;
  if (!document)
    throw new NotFound(`no-such-${kind}`, `There is no ${kind.replace('-', ' ')} ${id} on record.`);
  return isUnchanged(request, reply, version) ? undefined : document;
}
