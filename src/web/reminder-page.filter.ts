import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../domain/refusal.js';
import { answerWithProblem } from '../http/problem.filter.js';
import { asPrivatePage } from './page-answer.js';
import { troublePage } from './trouble-page.js';

/** Tells whoever holds a link that is not good: people on a page, programs that ask for JSON in a problem document. */
@Catch(NotFound)
export class ReminderPageFilter implements ExceptionFilter<NotFound> {
  catch(error: NotFound, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const accept = request.headers.accept ?? '';
    if (/json/.test(accept) && !/html/.test(accept)) return answerWithProblem(error, request, reply);
    void asPrivatePage(reply).status(404).send(troublePage('This link leads nowhere', error.message));
  }
}
