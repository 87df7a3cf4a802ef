import { addDays } from '../../../src/domain/calendar.js';
import { defaultPolicy as planningPolicy } from '../../../src/domain/reminder-policy.js';
import { dueSeries, horizonFrom } from '../../../src/domain/reminder-series.js';
import { dueAtOf } from '../../../src/domain/reminder-time.js';
import { defaultPolicy } from '../../../src/reminders/delivery-policy.js';
import type { Unrecorded } from '../../../src/reminders/ledger.js';
import { MailSender } from '../../../src/reminders/send.js';
import { Dice } from '../../faults/dice.js';
import { SimulatedMailServer } from './mail-server.js';
import { MemoryLedger } from './memory-ledger.js';
import type { ReminderRow } from './memory-rows.js';
import { Life, World } from './world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Who is reminded; the second one gets one mail a day. */
const CONTACTS = [
  { id: 'one', zone: 'Asia/Tokyo', hour: 9, digest: false },
  { id: 'many', zone: 'Asia/Kolkata', hour: 8, digest: true },
];

interface Commitment {
  readonly id: string;
  version: number;
  end: string;
  owed: boolean;
}

/** What is left when everything has settled. */
export interface Simulated {
  readonly reminders: readonly ReminderRow[];
  readonly attempts: MemoryLedger['attempts'];
  readonly taken: SimulatedMailServer['taken'];
  readonly refusedForGood: ReadonlySet<string>;
  /** What the log was told of, without repetitions. */
  readonly recorded: ReadonlySet<string>;
  readonly crashes: number;
}

/** Plans and sends for some weeks, with due dates that move, promises that are kept, and trouble at every step; then without trouble. */
export async function simulate(seed: number): Promise<Simulated> {
  const dice = new Dice(seed);
  const world = new World();
  const start = world.now;
  const calmFrom = start + 12 * DAY;
  const isCalm = () => world.now >= calmFrom;
  const ledger = new MemoryLedger(world, defaultPolicy);
  const server = new SimulatedMailServer(world, dice, () => (isCalm() ? 0 : 0.15));
  const recorded = new Set<string>();
  const commitments: Commitment[] = Array.from({ length: 4 }, (_, index) => ({
    id: `C-${index}`,
    version: 1,
    end: addDays('2026-03-05', dice.below(25)),
    owed: true,
  }));
  commitments.forEach((commitment) => plan(ledger, commitment));
  let crashes = 0;

  const work = async (life: Life) => {
    const sender = new MailSender({
      ledger: ledger.seenBy(life),
      mailer: server.reachedBy(life),
      compose: ({ reminders, contact, now }) =>
        life.step(() => {
          const owed = reminders.filter((reminder) => isOwed(commitments, reminder));
          if (owed.length === 0) return undefined;
          const mail = {
            to: { name: '', address: `${contact}@example.org` },
            subject: '',
            html: '',
            text: now,
          };
          return { carries: owed.map(({ id }) => id), withheld: false, mail };
        }),
      record: (reminder) => life.step(() => void recorded.add(entry(reminder))),
      policy: defaultPolicy,
      atATime: 20,
      mailDomain: 'example.org',
      dice: () => dice.roll(),
    });
    const seen = ledger.seenBy(life);
    for (;;) {
      await sender.recordAll();
      const due = await seen.due(0);
      await Promise.all(due.map(({ mailId }) => sender.send(mailId)));
      await world.after(isCalm() ? 3 * HOUR : HOUR);
    }
  };
  /** A worker, and whoever follows it when it has died. */
  const slot = async () => {
    for (;;) {
      const life = new Life(world, dice, () =>
        isCalm() ? { crash: 0, hang: 0 } : { crash: 0.03, hang: 0.005 },
      );
      void work(life);
      while (!life.isOver) await world.after(isCalm() ? DAY : 20 * 60_000);
      crashes++;
      await world.after(dice.below(HOUR));
    }
  };
  const change = async () => {
    for (;;) {
      await world.after(dice.below(3 * DAY));
      if (isCalm()) return;
      const commitment = dice.pick(commitments);
      if (dice.chance(0.3)) commitment.owed = false;
      else {
        commitment.version++;
        commitment.end = addDays(commitment.end, dice.below(20) - 5);
      }
      plan(ledger, commitment);
    }
  };
  /** Has held mails sent again, as a person does. */
  const person = async () => {
    for (;;) {
      await world.after(DAY);
      for (const row of ledger.reminders) {
        if (row.state === 'uncertain' && row.notBefore === undefined && row.onRecord)
          row.notBefore = world.now;
      }
    }
  };
  void slot();
  void slot();
  void change();
  void person();
  await world.run(calmFrom);
  await world.run(Math.max(calmFrom, ...ledger.reminders.map(({ due_at }) => Date.parse(due_at))) + 5 * DAY);
  const { reminders, attempts } = ledger;
  return {
    reminders,
    attempts,
    taken: server.taken,
    refusedForGood: server.refusedForGood,
    recorded,
    crashes,
  };
}

/** What the log says about an outcome; an attempt that is told of twice is one event. */
function entry({ id, fence, state }: Unrecorded): string {
  return `${id} ${fence} ${state}`;
}

function isOwed(
  commitments: readonly Commitment[],
  reminder: Pick<ReminderRow, 'commitment' | 'due_version'>,
): boolean {
  const commitment = commitments.find(({ id }) => id === reminder.commitment);
  return commitment!.owed && commitment!.version === reminder.due_version;
}

/** Plans what follows from the commitment, and cancels what does not any more. */
function plan(ledger: MemoryLedger, { id, version, end, owed }: Commitment): void {
  for (const row of ledger.reminders) {
    const isOld = row.commitment === id && (!owed || row.due_version !== version);
    if (isOld && row.state === 'planned') row.state = 'cancelled';
  }
  if (!owed) return;
  for (const { zone, hour, id: contact, digest } of CONTACTS) {
    // Those of the weeks after are sent no otherwise.
    const series = dueSeries({ end, precision: 'day' }, planningPolicy, horizonFrom(end)).slice(0, 4);
    series.forEach(({ name: step, day }, strength) => {
      const dueAt = dueAtOf({ local_day: day, local_hour: hour, zone });
      const reminder = `${id}.${version}.${step}.${contact}`;
      ledger.plan({
        id: reminder,
        mailId: digest ? `digest.${contact}.${day}` : reminder,
        log_id: 'talks',
        commitment: id,
        due_version: version,
        step,
        kind: 'due',
        contact,
        party: 'ALD',
        due_at: new Date(dueAt).toISOString(),
        local_day: day,
        strength,
        snoozed: 0,
      });
    });
  }
}
