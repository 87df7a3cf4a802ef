import type { FastifyReply, FastifyRequest } from 'fastify';
import { BadRequest } from './problem.js';

/**
 * Puts the entity tag on the answer and says whether the caller has it already (RFC 9110, 13.1.2): then the
 * answer is 304 and no body needs to be made. `version` changes whenever the answer would. What it says depends on
 * who asks: no cache gives it to anyone else.
 */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, version: string): boolean {
  const cacheControl = request.headers.authorization === undefined ? 'no-cache' : 'private, no-cache';
  void reply
    .header('etag', `"${version}"`)
    .header('cache-control', cacheControl)
    .header('vary', 'Authorization');
  const asked = request.headers['if-none-match'];
  if (asked === undefined) return false;
  const unchanged = asked.trim() === '*' || tagsIn(asked).some(({ tag }) => tag === version);
  if (unchanged) void reply.status(304);
  return unchanged;
}

/**
 * The position as of which the caller knows the resource, from `If-Match` (RFC 9110, 13.1.1). The entity
 * tag of anything in a dialogue starts with a position of its log; a change fails when the resource was changed after it.
 */
export function unchangedSince(request: FastifyRequest): number | undefined {
  const asked = request.headers['if-match'];
  if (asked === undefined || asked.trim() === '*') return undefined;
  // A weak tag never matches here: the comparison is the strong one.
  const positions = tagsIn(asked)
    .filter(({ weak }) => !weak)
    .map(({ tag }) => Number(/^\d{1,15}(?=-|$)/.exec(tag)?.[0] ?? Number.NaN));
  if ((positions.length === 0 && !asked.includes('W/')) || positions.some(Number.isNaN)) {
    throw new BadRequest(
      'if-match-malformed',
      'If-Match must be an entity tag that was given out here, such as "42".',
    );
  }
  return Math.max(0, ...positions);
}

function tagsIn(header: string): { tag: string; weak: boolean }[] {
  return [...header.matchAll(/(W\/)?"([^"]*)"/g)].map(([, weak, tag]) => ({
    tag: tag!,
    weak: Boolean(weak),
  }));
}
