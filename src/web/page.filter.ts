import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../domain/refusal.js';
import { BadRequest } from '../http/problem.js';
import { asPage } from './page-answer.js';
import { troublePage } from './trouble-page.js';

/** Parts of an address that name something: what cannot be a name is simply not on record. */
const inPath = ['/dialogue', '/id'];

/** Tells people on a page what programs are told in a problem document. */
@Catch(NotFound, BadRequest)
export class PageFilter implements ExceptionFilter<NotFound | BadRequest> {
  catch(error: NotFound | BadRequest, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const asked =
      error instanceof BadRequest && error.errors?.some(({ pointer }) => !inPath.includes(pointer));
    const page = asked
      ? troublePage('This list cannot be shown', 'The address asks for a filter that there is not.')
      : troublePage(
          'Not on record',
          error instanceof NotFound ? error.message : 'There is nothing at this address.',
        );
    void asPage(reply)
      .status(asked ? 400 : 404)
      .header('cache-control', 'no-store')
      .send(page);
  }
}
