import type { CommandBus } from '@nestjs/cqrs';
import { ChangeCommitment } from '../commands/commitment.js';
import type { Actor } from '../domain/actor.js';
import type { CommitmentCommand } from '../domain/commitment/commands.js';
import { Refusal } from '../domain/refusal.js';
import type { EventType, PactaEvent } from '../domain/vocabulary.js';
import { keptAlive } from '../event-store/kept-alive.js';
import { StorageUnavailable } from '../event-store/storage-failure.js';
import type { Subscriber } from '../event-store/subscription.js';

export type EventOf<Type extends EventType> = Extract<PactaEvent, { type: Type }>;

/** Asks something of a commitment of the same dialogue, because of an event. */
export type Ask = (commitment: string, command: CommitmentCommand) => Promise<void>;

/**
 * What follows for other streams when something happened to one (a process manager). Its commands are such that asking
 * again changes nothing: a process that dies half-way simply repeats itself.
 */
export interface Process {
  readonly name: string;
  readonly on: { readonly [Type in EventType]?: (event: EventOf<Type>, ask: Ask) => Promise<void> };
}

/** How long a process lets events gather, in milliseconds: soon enough for people, and rare enough to cost little. */
const GATHERS = 200;

/**
 * The process as a subscriber of the log; its commands go over the bus like anyone else's, and however long they take
 * the log stays with it. Once `isEnding` it asks nothing more: what is left is asked by whoever follows.
 */
export function subscriberFor(process: Process, commands: CommandBus, isEnding = () => false): Subscriber {
  return {
    name: process.name,
    types: Object.keys(process.on) as EventType[],
    gathers: GATHERS,
    handle: (_log, events, tx) => keptAlive(tx, react(process, commands, events, isEnding)),
  };
}

async function react(
  { name, on }: Process,
  commands: CommandBus,
  events: readonly PactaEvent[],
  isEnding: () => boolean,
): Promise<void> {
  const actor: Actor = { id: `process-${name}`, role: 'system' };
  for (const event of events) {
    const reaction = on[event.type] as ((event: PactaEvent, ask: Ask) => Promise<void>) | undefined;
    await reaction?.(event, async (id, command) => {
      if (isEnding()) throw new StorageUnavailable('The process is to end.');
      const asked = {
        log: event.log,
        id,
        command,
        actor,
        said: { occurredOn: event.occurredOn },
        causationId: `${name}-${event.id}-${id}`,
        correlationId: event.correlationId,
      };
      await commands.execute(new ChangeCommitment(asked)).catch(unlessRefused);
    });
  }
}

/** Meanwhile the commitment has gone another way, and the rules for that say that nothing follows. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

/** Streams asked at the same time: enough for one batch of the log, few enough for the pool. */
const AT_ONCE = 50;

/** Asks all of them, some at a time. */
export async function askEach(ids: readonly string[], ask: (id: string) => Promise<void>): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    await Promise.all(ids.slice(from, from + AT_ONCE).map(ask));
  }
}
