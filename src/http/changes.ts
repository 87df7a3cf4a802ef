import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asked } from '../commands/asked.js';
import { Refusal } from '../domain/refusal.js';
import type { Decided } from '../event-store/run-decider.js';
import { Views } from '../read-models/views.js';
import { unchangedSince } from './conditional-request.js';
import { type Repeatable, repeatable } from './idempotency-key.js';
import { type FirstAsked, type Outcome, RepeatableChanges } from './repeatable-changes.js';

/** Who asks for a change, and how they want to be answered. */
export interface Caller {
  readonly asks: Pick<Asked<never>, 'actor' | 'correlationId' | 'unchangedSince'>;
  readonly respondAsync: boolean;
  /** Present when they may ask again for the same. */
  readonly repeatable: Repeatable | undefined;
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
    repeatable: repeatable(request),
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

/** A change on its way: to which stream, and how it is put to the command bus. */
export interface Wanted {
  readonly log: string;
  /** Id within the kind of stream; a repeat goes to the one that was chosen first. */
  readonly id: string;
  readonly command: (id: string, causationId?: string) => Command<Decided>;
  /** Address of what comes into being, where something does. */
  readonly created?: ((log: string, id: string) => string) | undefined;
}

/** Carries changes to the command bus and answers when the views show them. */
@Injectable()
export class Changes {
  constructor(
    private readonly commands: CommandBus,
    private readonly views: Views,
    private readonly repeatables: RepeatableChanges,
  ) {}

  /**
   * Answers 200, or 201 with the address of what came into being; 202 when the views are not there yet:
   * because they are slow, or because the caller asked not to wait (`Prefer: respond-async`, RFC 7240).
   * What was asked for before under the same Idempotency-Key is answered as it was then.
   */
  async make(caller: Caller, wanted: Wanted): Promise<Changed> {
    const { repeatable, reply } = caller;
    const { log, created } = wanted;
    const first = repeatable && (await this.repeatables.begin(repeatable, log, wanted.id));
    const id = first?.id ?? wanted.id;
    const { status, version, position } = first?.outcome ?? (await this.carryOut(caller, wanted, id, first));
    void reply.header('etag', `"${position}"`).status(status);
    if (created) void reply.header('location', created(log, id));
    return { id, version, position };
  }

  private async carryOut(
    { repeatable, respondAsync }: Caller,
    { log, command, created }: Wanted,
    id: string,
    first?: FirstAsked,
  ): Promise<Outcome> {
    const { version, position } = await this.commands
      .execute(command(id, first?.causationId))
      .catch(async (error: unknown) => {
        // What is refused may have been done before, by a process that could not say so any more.
        const done =
          repeatable && first && error instanceof Refusal
            ? await this.repeatables.onRecord(repeatable, first, log)
            : undefined;
        if (done) return done;
        throw error;
      });
    const visible = !respondAsync && (await this.views.haveReached(log, position, VIEWS_WITHIN));
    const outcome = { status: visible ? (created ? 201 : 200) : 202, version, position };
    return repeatable ? this.repeatables.end(repeatable, outcome) : outcome;
  }
}
