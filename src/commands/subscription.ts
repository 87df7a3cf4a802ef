import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { subscription, type SubscriptionCommand } from '../domain/subscription.js';
import type { Decided } from '../event-store/run-decider.js';
import type { Asked } from './asked.js';
import { Decisions } from './decisions.js';
import { slug, text } from './fields.js';

const name = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/, 'must be the name of a view, a process or reminder-planning');

const position = z.coerce.number('must be the position of an event').int().positive();

export const skipEvent = z.strictObject({
  subscription: name,
  log: slug,
  position,
  reason: text(2000).optional(),
}) satisfies z.ZodType<Extract<SubscriptionCommand, { type: 'SkipEvent' }>['data']>;

export const retryLog = z.strictObject({
  subscription: name,
  log: slug,
  reason: text(2000).optional(),
}) satisfies z.ZodType<Extract<SubscriptionCommand, { type: 'RetryLog' }>['data']>;

/** Something decided about a subscription of the log. Only operators decide, on the command line: no route leads here. */
export class ChangeSubscription extends Command<Decided> {
  constructor(readonly asked: Asked<SubscriptionCommand>) {
    super();
  }
}

@CommandHandler(ChangeSubscription)
export class ChangeSubscriptionHandler implements ICommandHandler<ChangeSubscription> {
  constructor(private readonly decisions: Decisions) {}

  /** The subscription cannot move meanwhile: what is skipped on the record is what it has not handled. */
  async execute({ asked }: ChangeSubscription): Promise<Decided> {
    const { subscription: name, log } = asked.command.data;
    return this.decisions.make((decision) =>
      decision.whileParked(name, log, (parkedAt) =>
        decision.decide(subscription, asked, [], { parkedAt, reason: asked.said.reason }),
      ),
    );
  }
}
