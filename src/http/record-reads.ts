import type { FastifyReply, FastifyRequest } from 'fastify';
import { id as reference } from '../commands/fields.js';
import { NotFound } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import {
  type Documents,
  listed,
  listedFor,
  listedVersion,
  type Naming,
  recorded,
  recordedFor,
  recordVersion,
} from '../read-models/record-answers.js';
import type { KnownDialogue } from '../read-models/status-answers.js';
import { isUnchanged } from './conditional-request.js';

/** Everything of one kind on a log's record, or undefined for a caller who has it already. */
export async function listOr304<Kind extends Exclude<keyof Documents, Naming>>(
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
export async function oneOr304<Kind extends Exclude<keyof Documents, Naming>>(
  db: Database,
  log: string,
  kind: Kind,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Documents[Kind] | undefined> {
  const version = await recordVersion(db, log);
  const document = await found(kind, id, () => recorded(db, log, kind, id));
  return isUnchanged(request, reply, version) ? undefined : document;
}

/** Rounds or follow-ups of a dialogue, none naming a commitment that the reader may not know of. */
export async function listFor<Kind extends Naming>(
  db: Database,
  known: KnownDialogue,
  kind: Kind,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Documents[Kind][] | undefined> {
  const version = await listedVersion(db, known);
  return isUnchanged(request, reply, version) ? undefined : listedFor(db, known, kind);
}

/** One round or follow-up, in the same way. Throws {@link NotFound}. */
export async function oneFor<Kind extends Naming>(
  db: Database,
  known: KnownDialogue,
  kind: Kind,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Documents[Kind] | undefined> {
  const version = await listedVersion(db, known);
  const document = await found(kind, id, () => recordedFor(db, known, kind, id));
  return isUnchanged(request, reply, version) ? undefined : document;
}

async function found<Document>(
  kind: string,
  id: string,
  look: () => Promise<Document | undefined>,
): Promise<Document> {
  // What is no reference is on nobody's record, and the database need not be asked.
  const document = reference.safeParse(id).success ? await look() : undefined;
  if (document) return document;
  throw new NotFound(`no-such-${kind}`, `There is no ${kind.replace('-', ' ')} ${id} on record.`);
}
