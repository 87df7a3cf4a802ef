import { sql } from 'kysely';
import type { StreamVersion } from '../../src/event-store/append.js';
import type { Database } from '../../src/event-store/database.js';
import { streamOf } from './asking.js';
import type { Dice } from './dice.js';
import type { Command } from './journal.js';
import type { SharedTallies } from './shared-tallies.js';

/** Logs that all writers share. */
export const LOGS = ['one', 'two', 'three'];

/** How often a writer takes a stream to be as it is not: such an append can only be refused. */
const MISTAKEN = 0.2;

/** Chooses what a writer asks for: tallies of its own, and those on which the writers get into each other's way. */
export class Choosing {
  private made = 0;

  /** @param name is this process's alone, so that ids made here are. */
  constructor(
    private readonly name: string,
    private readonly writer: number,
    private readonly dice: Dice,
    private readonly shared: SharedTallies,
    private readonly db: Database,
  ) {}

  /** Chooses for any log unless one is given. Looks at the record where the command depends on it; throws what passes when that cannot be read. */
  async next(log = this.dice.pick(LOGS)): Promise<Command> {
    const { dice } = this;
    const id = `${this.name}-${this.writer}-${++this.made}`;
    const isNew = dice.chance(0.5);
    const tally = isNew ? id : this.shared.pick(log, dice);
    const count = dice.chance(0.3) ? 2 + dice.below(4) : 1;
    const restsOn = dice.chance(0.2) ? await this.lookAround(log, tally) : undefined;
    const command = { id, writer: this.writer, log, tally, count, restsOn };
    if (dice.chance(0.5)) return command;
    if (isNew) return { ...command, expectedVersion: 0 };
    const beside = dice.chance(MISTAKEN) ? 1 : 0;
    return { ...command, expectedVersion: (await this.versionOf(log, streamOf(command))) + beside };
  }

  private async lookAround(log: string, own: string): Promise<StreamVersion[]> {
    const { dice } = this;
    const others = new Set([this.shared.pick(log, dice), this.shared.pick(log, dice)]);
    others.delete(own);
    const streams = [...others].map((tally) => streamOf({ tally }));
    return Promise.all(
      streams.map(async (stream) => {
        const version = await this.versionOf(log, stream);
        return { stream, version: dice.chance(MISTAKEN) ? Math.max(0, version - 1) : version };
      }),
    );
  }

  private async versionOf(log: string, stream: string): Promise<number> {
    const { rows } = await sql<{ version: number }>`
      select coalesce(max(version), 0) as version from event
       where log_id = ${log} and stream_id = ${stream}`.execute(this.db);
    return rows[0]!.version;
  }
}
