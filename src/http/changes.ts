import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asked } from '../commands/decisions.js';
import type { Decided } from '../event-store/run-decider.js';
import { Views } from '../read-models/views.js';
import { unchangedSince } from './conditional-request.js';

/** Who asks for a change, and how they want to be answered. */
export interface Caller {
  readonly asks: Pick<Asked<never>, 'actor' | 'correlationId' | 'unchangedSince'>;
  readonly respondAsync: boolean;
  readonly reply: FastifyReply;
}

export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return {
    asks: {
      actor: request.actor!,
      correlationId: request.id,
      unchangedSince: unchangedSince(request),
    },
    respondAsync: /\brespond-async\b/.test(String(request.headers['prefer'] ?? '')),
    reply: context.switchToHttp().getResponse<FastifyReply>(),
  };
});

/** The answer to a change. */
export interface Changed {
  readonly id: string;
  /** Version of the changed stream. */
  readonly version: number;
  /** Place of its last event in the dialogue's log. */
  readonly position: number;
}

/** How long a change waits for the views before it answers 202, in milliseconds. */
const VIEWS_WITHIN = 5000;

/** Carries changes to the command bus and answers when the views show them. */
@Injectable()
export class Changes {
  constructor(
    private readonly commands: CommandBus,
    private readonly views: Views,
  ) {}

  /**
   * Answers 200, or 201 with the address of what came into being; 202 when the views are not there yet:
   * because they are slow, or because the caller asked not to wait (`Prefer: respond-async`, RFC 7240).
   */
  async make(
    caller: Caller,
    command: Command<Decided> & { readonly asked: Asked<unknown> },
    created?: string,
  ): Promise<Changed> {
    const { log, id } = command.asked;
    const { version, position } = await this.commands.execute(command);
    const visible = !caller.respondAsync && (await this.views.haveReached(log, position, VIEWS_WITHIN));
    void caller.reply.header('etag', `"${position}"`).status(visible ? (created ? 201 : 200) : 202);
    if (created) void caller.reply.header('location', created);
    return { id, version, position };
  }
}
