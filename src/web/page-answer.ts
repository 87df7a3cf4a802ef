import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnchanged } from '../http/conditional-request.js';

const policy = (formAction: "'none'" | "'self'") =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
  ].join('; ');

/** Marks an answer as a page, which runs nothing and tells no other site where its reader came from. */
export function asPage(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy("'none'"))
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer');
}

/** Marks an answer as a page under a secret address: kept by nobody, found by nobody, and able to send its form back. */
export function asPrivatePage(reply: FastifyReply): FastifyReply {
  return asPage(reply)
    .header('content-security-policy', policy("'self'"))
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex, nofollow');
}

/**
 * The body of a page, or nothing when the reader has it already. Its entity tag is made from its own bytes: a
 * page draws on several views, on the day and on its own wording, and none of them covers the others.
 */
export function answered(request: FastifyRequest, reply: FastifyReply, html: string): string | undefined {
  const version = `page-${hash('sha256', html).slice(0, 16)}`;
  return isUnchanged(request, asPage(reply), version) ? undefined : html;
}
