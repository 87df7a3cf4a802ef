import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compileInto } from '../support/compiled-program.js';
import { type Account, account } from './account.js';
import { Dice } from './dice.js';
import { OwnServer } from './own-server.js';
import { schedule } from './schedule.js';
import { Slot } from './slot.js';
import { inflict, type Scene } from './troubles.js';
import { SEEN, WITNESSES } from './witness.js';

/** Writers in each of the two processes that write. */
const WRITERS = 25;

/** How long followers may take to see everything once nobody writes any more, in milliseconds. */
const CATCH_UP = 60_000;

/** What is left after a run, and what its processes said that should never happen. */
export interface Ran {
  readonly account: Account;
  readonly troubles: readonly string[];
  readonly kills: number;
}

/** Lets everything go wrong for that long, and then gives the account. Choices are those of the seed; their moments are not. */
export async function runFor(seconds: number, seed: number): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'pacta-proof-'));
  const program = join(folder, 'program');
  const journals = join(folder, 'journals');
  await mkdir(program);
  await mkdir(journals);
  await compileInto(program, ['src/domain', 'src/event-store', 'test/faults']);
  const server = await OwnServer.start();
  const found: string[] = [];
  const report = (trouble: string) => void found.push(trouble);
  const slots = ['first', 'second', 'follower'].map((slot, index) => {
    const part = () => ({
      slot,
      writers: slot === 'follower' ? 0 : WRITERS,
      seed: seed + 100_000 * index,
      serviceUrl: server.serviceUrl,
      journals,
    });
    return new Slot(join(program, 'test/faults/process.js'), part, report);
  });
  try {
    await server.asOwner((client) => client.query(SEEN));
    slots.forEach((slot) => slot.start());
    await goWrong(seconds, { server, slots, dice: new Dice(seed) }, report);
    await Promise.all(slots.slice(0, 2).map((slot) => slot.finish()));
    await caughtUp(server);
    await slots[2]!.finish();
    const kills = slots.reduce((sum, slot) => sum + slot.kills, 0);
    return { account: await account(server, journals), troubles: found, kills };
  } finally {
    await Promise.all(slots.map((slot) => slot.end('SIGKILL')));
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function goWrong(seconds: number, scene: Scene, report: (trouble: string) => void): Promise<void> {
  const start = Date.now();
  const under: Promise<void>[] = [];
  for (const { at, kind } of schedule(seconds, scene.dice)) {
    await pause(start + at - Date.now());
    under.push(inflict(kind, scene).catch((error) => report(`${kind}: ${String(error)}`)));
  }
  await pause(start + seconds * 1000 - Date.now());
  await Promise.all(under);
}

/** Waits for the witnesses; what they have not seen by then is for the verdict. */
async function caughtUp(server: OwnServer): Promise<void> {
  for (const since = Date.now(); Date.now() - since < CATCH_UP; await pause(100)) {
    const { rows } = await server.asOwner((client) =>
      client.query(
        `select from log_head, unnest($1::text[]) as witness
          where position > coalesce((select c.position from checkpoint c
                                      where c.log_id = log_head.log_id and subscription = witness), 0)`,
        [WITNESSES],
      ),
    );
    if (rows.length === 0) return;
  }
}
