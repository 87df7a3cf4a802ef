import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { isPassingFailure } from '../../src/event-store/storage-failure.js';
import { LOGS } from './choosing.js';
import type { Dice } from './dice.js';
import type { OwnServer } from './own-server.js';
import type { Part } from './part.js';
import type { Slot } from './slot.js';

/** What troubles befall. */
export interface Scene {
  readonly server: OwnServer;
  /** Two that write, and one that only follows. */
  readonly slots: readonly Slot<Omit<Part, 'incarnation'>>[];
  readonly dice: Dice;
}

/** Longest time for which a transaction of nobody's keeps the others waiting, in milliseconds. */
const HELD = 200;

/** Long enough for commits to gather of which nobody hears, in milliseconds. */
const ANSWERS_HELD = 50;

/** What can go wrong, each by its name. */
export const troubles = {
  async 'a foreign transaction holds the head of a log, and rolls back'({ server, dice }) {
    const [log, milliseconds] = [dice.pick(LOGS), dice.below(HELD)];
    await rolledBack(server, milliseconds, (client) =>
      client.query('select from log_head where log_id = $1 for update', [log]),
    );
  },
  async 'a foreign append rolls back'({ server, dice }) {
    const [log, milliseconds] = [dice.pick(LOGS), dice.below(HELD)];
    await rolledBack(server, milliseconds, (client) => client.query(FOREIGN_APPEND, [log]));
  },
  async 'sessions are ended'({ server, dice }) {
    const share = dice.roll();
    await server.asOwner((client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name like 'pacta%' and random() < $1`,
        [share],
      ),
    );
  },
  'answers are lost': ({ server, dice }) => {
    server.proxy.loseAnswers(() => dice.chance(0.4));
    return Promise.resolve();
  },
  'a process is killed': ({ slots, dice }) => dice.pick(slots).replace(),
  'a process that only follows is killed': ({ slots }) => slots[2]!.replace(),
  async 'a process is killed before it hears of its commits'({ server, slots, dice }) {
    await server.proxy.holdAnswersWhile(async () => {
      await pause(ANSWERS_HELD);
      await dice.pick(slots.slice(0, 2)).replace();
    });
  },
  'PostgreSQL is restarted': ({ server }) => server.restart(),
  'PostgreSQL crashes': ({ server }) => server.crash(),
} satisfies Readonly<Record<string, (scene: Scene) => Promise<void>>>;

export type Kind = keyof typeof troubles;

/** One that cannot be inflicted, because the database is away by another, is none. */
export async function inflict(kind: Kind, scene: Scene): Promise<void> {
  try {
    await troubles[kind](scene);
  } catch (error) {
    if (!isPassingFailure(error)) throw error;
  }
}

async function rolledBack(
  server: OwnServer,
  milliseconds: number,
  act: (client: Client) => Promise<unknown>,
): Promise<void> {
  await server.asOwner(async (client) => {
    await client.query('begin');
    await act(client);
    await client.query('select pg_sleep($1::float8 / 1000)', [milliseconds]);
    await client.query('rollback');
  });
}

/** Takes the next position as an append does, with an event that is nobody's. */
const FOREIGN_APPEND = `
  with head as (update log_head set position = position + 1 where log_id = $1 returning position)
  insert into event (log_id, position, stream_id, version, id, type, entry, salt, leaf_hash, recorded_at)
  select $1, position, 'foreign-1', 1, gen_random_uuid(), 'Foreign', '{}', '', '', now() from head`;
