import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { digestOf } from '../event-store/entry.js';
import { BadRequest } from './problem.js';

/** Printable ASCII, as header fields carry it everywhere; the draft's form in quotes is one of these. */
const form = /^[\x20-\x7e]{1,255}$/;

/** What tells a repeat of a change from another change. */
export interface Repeatable {
  /** SHA-256 of caller and key: the same key of another caller is another key. */
  readonly key: Buffer;
  /** SHA-256 of method, path and body, as hexadecimal digits; members of the body in any order. */
  request(): string;
}

/**
 * What a caller says with `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header); undefined when nothing.
 * Throws {@link BadRequest}.
 */
export function repeatable(request: FastifyRequest): Repeatable | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !form.test(key)) {
    throw new BadRequest(
      'idempotency-key-malformed',
      'Idempotency-Key must be 1 to 255 printable ASCII characters, such as a UUID.',
    );
  }
  return {
    key: hash('sha256', JSON.stringify([request.actor!.id, key]), 'buffer'),
    // Not before it is needed: only a body that was found good has a digest.
    request: () => digestOf([request.method, request.url.split('?')[0], request.body]),
  };
}
