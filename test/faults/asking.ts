import { randomUUID } from 'node:crypto';
import type { Circumstance, Entry } from '../../src/domain/event.js';
import { Refusal } from '../../src/domain/refusal.js';
import type { Append, Appender } from '../../src/event-store/append.js';
import type { Database } from '../../src/event-store/database.js';
import { seal } from '../../src/event-store/entry.js';
import { wasOvertaken } from '../../src/event-store/overtaken.js';
import { readStream } from '../../src/event-store/read.js';
import { DeciderRunner } from '../../src/event-store/run-decider.js';
import { isPassingFailure } from '../../src/event-store/storage-failure.js';
import type { Command, Outcome } from './journal.js';
import { counted, tally } from './tally.js';

const actor = { id: 'writer', role: 'system' } as const;

/** The write path as the service has it, asked by the command and answered by an outcome. */
export class Asking {
  private readonly runner: DeciderRunner;

  /** @param process names who asks; it is kept in the events as their correlation. */
  constructor(
    private readonly process: string,
    private readonly db: Database,
    private readonly appender: Appender,
  ) {
    this.runner = new DeciderRunner(db, appender);
  }

  /** Throws what no caller should ever see: neither an answer nor a failure that passes. */
  async ask(command: Command, isRepeat: boolean): Promise<Outcome> {
    try {
      const { version, position } =
        command.expectedVersion === undefined
          ? await this.decide(command)
          : await this.append(command, command.expectedVersion, isRepeat);
      return { is: 'acknowledged', version, position };
    } catch (error) {
      const why = String(error);
      if (error instanceof Refusal || wasOvertaken(error)) return { is: 'refused', why };
      if (isPassingFailure(error)) return { is: 'unknown', why };
      throw error;
    }
  }

  private decide(command: Command) {
    return this.runner.run(tally, {
      log: command.log,
      id: command.tally,
      command: { count: command.count },
      around: { actor, now: new Date().toISOString() },
      circumstance: this.circumstance(command),
      restsOn: command.restsOn,
      reader: actor,
    });
  }

  private async append(command: Command, expectedVersion: number, isRepeat: boolean) {
    const version = expectedVersion + command.count;
    const stream = streamOf(command);
    if (isRepeat) {
      const past = await readStream(this.db, command.log, stream);
      const done = past.findLast(({ causationId }) => causationId === command.id);
      if (done) return { version, position: done.position };
    }
    const { restsOn } = command;
    const append: Append = { stream, expectedVersion, entries: this.entriesOf(command), restsOn };
    const { position } = await this.appender.append(command.log, append);
    return { version, position };
  }

  private entriesOf(command: Command) {
    const before = command.expectedVersion!;
    return counted(before, command.count).map((fact) => {
      const entry: Entry = {
        ...this.circumstance(command),
        ...fact,
        id: randomUUID(),
        log: command.log,
        stream: streamOf(command),
        version: fact.data.to,
        schemaVersion: 1,
        confidentiality: 'public',
        vocabularyVersion: 1,
      };
      return seal(entry);
    });
  }

  private circumstance(command: Command): Circumstance {
    return { actor, occurredOn: '2026-01-01', causationId: command.id, correlationId: this.process };
  }
}

export function streamOf(command: Pick<Command, 'tally'>): string {
  return `${tally.kind}-${command.tally}`;
}
