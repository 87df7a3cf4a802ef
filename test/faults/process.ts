import { Appender } from '../../src/event-store/append.js';
import { openDatabase, openServicePool } from '../../src/event-store/database.js';
import { Follower } from '../../src/event-store/follower.js';
import { Listener, Notifier } from '../../src/event-store/notices.js';
import { Asking } from './asking.js';
import { Choosing } from './choosing.js';
import { Dice } from './dice.js';
import { Journal, readJournals, unresolved } from './journal.js';
import type { Part, Trouble } from './part.js';
import { SharedTallies } from './shared-tallies.js';
import { WITNESSES, witness } from './witness.js';
import { Writer } from './writer.js';

// One process of the proof: it writes and follows until its parent tells it to come to an end, or kills it.

const part = JSON.parse(process.argv[2]!) as Part;
const report = (trouble: string) => void process.send!({ trouble } satisfies Trouble);

const pool = openServicePool(part.serviceUrl);
const db = openDatabase(pool);
const followers = WITNESSES.map((name) => new Follower(db, witness(name), report));
const wake = (log: string, position: number) => followers.forEach((follower) => follower.wake(log, position));
const listener = new Listener(part.serviceUrl, wake);
const notifier = new Notifier(pool);
const appender = new Appender(pool, (log, position) => {
  wake(log, position);
  notifier.grown(log, position);
});
const writers = makeWriters();

// Before anything is waited for: it may be said at once.
const told = new Promise<void>((resolve) => process.once('message', () => resolve()));
process.on('disconnect', () => process.exit(1));
process.on('message', () => writers.forEach(({ writer }) => writer.stop()));
followers.forEach((follower) => follower.start());
void listener.start();
await Promise.all([told, ...writers.map(({ writer, left }) => writer.run(left))]);
await Promise.all(followers.map((follower) => follower.stop()));
await listener.stop();
process.exit(0);

function makeWriters() {
  const before = readJournals(part.journals, `${part.slot}.`);
  const left = unresolved(before);
  const shared = new SharedTallies(before);
  const name = `${part.slot}.${part.incarnation}`;
  const journal = new Journal(part.journals, name);
  const asking = new Asking(name, db, appender);
  return Array.from({ length: part.writers }, (_, number) => {
    const dice = new Dice(part.seed + 1000 * part.incarnation + number);
    const choosing = new Choosing(name, number, dice, shared, db);
    const writer = new Writer(choosing, asking, journal, shared, dice);
    return { writer, left: left.filter((command) => command.writer === number) };
  });
}
