import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Forbidden, Malformed, NotFound, Refusal } from '../domain/refusal.js';
import { wasOvertaken } from '../event-store/overtaken.js';
import { PreconditionFailed } from '../event-store/run-decider.js';
import { isPassingFailure, StorageUnavailable } from '../event-store/storage-failure.js';
import { IssuerUnavailable } from '../identity/oidc-tokens.js';
import { BadRequest, KeyReused, type Problem, Unauthorized } from './problem.js';

/** Seconds after which asking again makes sense when the database, or the issuer of a token, is away. */
const RETRY_AFTER = 2;

/** SQLSTATE of a text that the database cannot hold, such as one with a NUL: only an address can bring one this far. */
const INVALID_TEXT = '22021';

type Answer = Omit<Problem, 'type' | 'correlationId'> & { readonly code: string };

const logger = new Logger('http');

@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerWithProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Makes a problem document of whatever went wrong; what the caller cannot act on stays inside. */
export function answerWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { code, ...answer } = answerTo(error);
  if (answer.status === 500) logger.error({ correlationId: request.id, error: describe(error) });
  if (error instanceof Unauthorized) void reply.header('www-authenticate', challenge(error));
  if (answer.status === 503) void reply.header('retry-after', RETRY_AFTER);
  if (answer.current) void reply.header('etag', `"${answer.current.position}"`);
  const problem: Problem = {
    type: `urn:pacta:problem:${code}`,
    ...answer,
    correlationId: request.id,
  };
  void reply
    .status(answer.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(problem);
}

function challenge({ error }: Unauthorized): string {
  return `Bearer realm="pacta"${error ? `, error="${error}"` : ''}`;
}

function answerTo(error: unknown): Answer {
  if (error instanceof BadRequest) {
    const { code, message, errors } = error;
    const title = code === 'not-json' ? 'Not JSON' : 'Bad request';
    return { code, status: 400, title, detail: message, ...(errors && { errors }) };
  }
  if (error instanceof Unauthorized) {
    return { code: 'no-key', status: 401, title: 'Who is asking?', detail: error.message };
  }
  if (error instanceof KeyReused) {
    return { code: 'idempotency-key-reused', status: 422, title: 'Key used before', detail: error.message };
  }
  if (error instanceof Refusal) return refusal(error);
  if (error instanceof PreconditionFailed) {
    const { version, position } = error.current;
    return {
      code: 'changed-since',
      status: 412,
      title: 'Changed since you looked',
      detail: error.message,
      current: { version, position },
    };
  }
  if (wasOvertaken(error)) {
    return {
      code: 'changed-meanwhile',
      status: 409,
      title: 'Changed meanwhile',
      detail: 'Others changed this, or what it rests on, at the same moment; look at it again and repeat.',
    };
  }
  if ((error as { code?: string }).code === INVALID_TEXT) {
    return {
      code: 'no-such-address',
      status: 404,
      title: 'Not found',
      detail: 'There is nothing by that name.',
    };
  }
  if (error instanceof IssuerUnavailable) {
    return { code: 'issuer-unavailable', status: 503, title: 'Come back shortly', detail: error.message };
  }
  if (isPassingFailure(error)) {
    const detail =
      error instanceof StorageUnavailable ? error.message : 'The record cannot be reached at the moment.';
    return { code: 'storage-unavailable', status: 503, title: 'Come back shortly', detail };
  }
  return ofTheFramework(error);
}

const kinds = [
  [Malformed, [400, 'Bad request']],
  [Forbidden, [403, 'Not allowed']],
  [NotFound, [404, 'Not on record']],
] as const;

function refusal(error: Refusal): Answer {
  const { code, message, field } = error;
  const [status, title] = kinds.find(([kind]) => error instanceof kind)?.[1] ?? [409, 'Refused by a rule'];
  const errors = field === undefined ? undefined : [{ pointer: field, detail: message }];
  return { code, status, title, detail: message, ...(errors && { errors }) };
}

/** Errors of Nest and Fastify: unknown routes, bodies that are too large or of another type. */
function ofTheFramework(error: unknown): Answer {
  const { statusCode } = error as { statusCode?: number };
  const status = error instanceof HttpException ? error.getStatus() : (statusCode ?? 500);
  switch (status) {
    // No name is as long as this one.
    case 414:
    case 404:
      return {
        code: 'no-such-address',
        status: 404,
        title: 'Not found',
        detail: 'There is nothing at this address.',
      };
    case 413:
      return {
        code: 'too-large',
        status,
        title: 'Too large',
        detail: 'The body is larger than is accepted here.',
      };
    case 415:
      return { code: 'not-json', status, title: 'Not JSON', detail: 'Bodies are application/json.' };
    default:
      if (status >= 400 && status < 500) {
        return {
          code: 'malformed',
          status,
          title: 'Bad request',
          detail: 'The request cannot be read as it must be.',
        };
      }
      return {
        code: 'internal',
        status: 500,
        title: 'Our fault',
        detail: 'Something went wrong here; it was logged.',
      };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
