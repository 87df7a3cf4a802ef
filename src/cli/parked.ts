import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import type { z } from 'zod';
import { REGISTRY } from '../commands/asked.js';
import { ChangeSubscription, retryLog, skipEvent } from '../commands/subscription.js';
import { Refusal } from '../domain/refusal.js';
import type { SubscriptionCommand } from '../domain/subscription.js';
import type { Database } from '../event-store/database.js';
import { logPositions } from '../event-store/positions.js';
import { decisionsOnParked } from '../event-store/skipped.js';
import { type Call, type CliCommand, open, openForDecisions } from './command.js';
import { second, table } from './table.js';
import { valid } from './terms.js';
import { UsageError } from './usage.js';

/** Lets a subscription try a log again that it has set aside. */
export const retry: CliCommand = {
  forms: ['<subscription> <log> [--reason <text>]'],
  takes: 2,
  does: 'Lets a view or process try again, now, a log that it has set aside; pacta doctor names them. They also try by themselves.',
  options: { reason: { type: 'string' } },
  async run(call) {
    const [subscription, log] = call.positionals;
    const { reason, ...data } = said(retryLog, call, { subscription, log });
    await decide(call, { type: 'RetryLog', data }, reason);
    console.log(`${data.subscription} tries ${data.log} again.`);
  },
};

/** Lets a subscription do without an event that it cannot handle. */
export const skip: CliCommand = {
  forms: ['<subscription> <log> <position> --reason <text>', 'list'],
  takes: 3,
  does: 'Lets a view or process do without the event at which it has set a log aside, on the record; lists what was skipped and retried.',
  options: { reason: { type: 'string' } },
  async run(call) {
    if (call.positionals.length === 1 && call.positionals[0] === 'list') return list(call);
    const [subscription, log, position] = call.positionals;
    const { reason, ...data } = said(skipEvent, call, { subscription, log, position });
    await decide(call, { type: 'SkipEvent', data }, reason);
    console.log(`${data.subscription} does without event ${data.position} of ${data.log} and goes on.`);
  },
};

function said<Schema extends z.ZodType>(schema: Schema, { options }: Call, named: object): z.output<Schema> {
  return valid(schema, { ...named, reason: options['reason'] }, (field) =>
    field === 'reason' ? '--reason' : `<${field}>`,
  );
}

/** Throws {@link UsageError} for a name that is not one of a log or a subscription, and the domain's Refusal. */
async function decide(call: Call, command: SubscriptionCommand, reason: string | undefined): Promise<void> {
  // Views that follow here would try what is parked before anything is decided about it.
  const { app, record } = await openForDecisions(call);
  await mustBeKnown(record.db, command.data);
  const asked = {
    log: REGISTRY,
    id: command.data.subscription,
    command,
    actor: { id: 'operator', role: 'system' },
    said: { reason },
    correlationId: randomUUID(),
  } as const;
  await app
    .get(CommandBus)
    .execute(new ChangeSubscription(asked))
    .catch((error: unknown) => {
      // Everything but the reason is said without an option's name.
      if (error instanceof Refusal && error.field !== '/reason') throw new Refusal(error.code, error.message);
      throw error;
    });
}

async function mustBeKnown(db: Database, { subscription, log }: SubscriptionCommand['data']): Promise<void> {
  const known = (await logPositions(db)).find((each) => each.log === log);
  if (!known) throw new UsageError(`There is no log ${log}.`);
  if (known.subscriptions.some((each) => each.subscription === subscription)) return;
  throw new UsageError(`There is no subscription ${subscription}; pacta doctor lists them.`);
}

async function list(call: Call): Promise<void> {
  const { db } = await open(call);
  const decided = await decisionsOnParked(db);
  const rows = decided.map(({ type, data, recordedAt, reason }) => ({
    decided: type === 'EventSkipped' ? 'skipped' : 'retried',
    subscription: data.subscription,
    log: data.log,
    event: String(data.position),
    at: second(recordedAt),
    reason,
  }));
  console.log(rows.length === 0 ? 'Nothing was ever skipped or retried.' : table(rows));
}
