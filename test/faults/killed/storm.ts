import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Appender } from '../../../src/event-store/append.js';
import { openDatabase, openServicePool } from '../../../src/event-store/database.js';
import { migrateQueue } from '../../../src/reminders/queue-backend.js';
import { compileInto } from '../../support/compiled-program.js';
import { freshDatabase } from '../../support/database.js';
import { appendTo } from '../../support/entries.js';
import { Dice } from '../dice.js';
import { Slot } from '../slot.js';
import { type Account, account } from './account.js';
import { DeadlyServer, type Taken } from './deadly-server.js';
import { dieOf, type When } from './die.js';
import { Fates } from './moments.js';
import { LOG, type Part } from './part.js';
import { FallingDue } from './planned.js';
import { settle } from './settle.js';

export const REMINDERS_PER_KILL = 5;

/** The workers, by whether BullMQ hands them mails. */
const WORKERS = { first: true, second: true, sweeper: false };

/** What is left when everything is over. */
export interface Stormed {
  readonly account: Account;
  /** When workers died. */
  readonly deaths: readonly When[];
  /** Messages that were taken while workers were still being killed. */
  readonly takenInStorm: number;
  /** What workers said that should never happen. */
  readonly troubles: readonly string[];
}

/** Kills workers so often while reminders fall due, then leaves them alone until all is sent, and gives the account. */
export async function storm(kills: number, seed: number): Promise<Stormed> {
  const program = await mkdtemp(join(tmpdir(), 'pacta-killed-'));
  await compileInto(program, SOURCES);
  const database = await freshDatabase();
  await migrateQueue(database.ownerUrl);
  const pool = openServicePool(database.serviceUrl);
  const db = openDatabase(pool);
  const taken: Taken[] = [];
  const troubles: string[] = [];
  const deaths: When[] = [];
  const dice = new Dice(seed);
  const servers: DeadlyServer[] = [];
  const slots: Slot<Part>[] = [];
  const falling = new FallingDue(db, kills * REMINDERS_PER_KILL);
  let takenInStorm = 0;
  const enough = new AbortController();
  const dieAgainAndAgain = async (slot: Slot<Part>, server: DeadlyServer, fates: Fates) => {
    while (!enough.signal.aborted) {
      slot.start();
      const when = await dieOf(fates.next(), slot, server, enough.signal);
      if (!when) return;
      deaths.push(when);
      await falling.after(deaths.length / kills);
      if (deaths.length < kills || enough.signal.aborted) continue;
      takenInStorm = taken.length;
      enough.abort();
    }
    slot.start();
  };
  try {
    await new Appender(pool).append(LOG, appendTo(`dialogue-${LOG}`, 0, 1, LOG, DIALOGUE));
    await falling.after(0);
    for (const [slot, byQueue] of Object.entries(WORKERS)) {
      const server = new DeadlyServer(dice, (message) => taken.push(message));
      const port = await server.listen();
      const part = () => ({ slot, byQueue, serviceUrl: database.serviceUrl, port });
      servers.push(server);
      slots.push(
        new Slot(join(program, 'test/faults/killed/worker.js'), part, (said) => troubles.push(said)),
      );
    }
    await Promise.all(
      slots.map((slot, index) =>
        dieAgainAndAgain(slot, servers[index]!, new Fates(new Dice(seed + index + 1))),
      ),
    );
    await settle(db);
    await Promise.all(slots.map((slot) => slot.finish()));
    return { account: await account(db, taken), deaths, takenInStorm, troubles };
  } finally {
    await Promise.all(slots.map((slot) => slot.end('SIGKILL')));
    await Promise.all(servers.map((server) => server.close()));
    await db.destroy();
    await database.drop();
    await rm(program, { recursive: true, force: true });
  }
}

const SOURCES = [
  'src/domain',
  'src/event-store',
  'src/commands',
  'src/mail',
  'src/read-models',
  'src/reminders',
  'test/faults',
];

const DIALOGUE = {
  type: 'DialogueAnnounced',
  data: {
    slug: LOG,
    titles: { en: 'Talks' },
    level: 'directors',
    parties: [
      { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
      { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
    ],
    invented: true,
  },
};
