import { sql, type Transaction } from 'kysely';
import { isOfEndlessSeries } from '../domain/reminder-step.js';
import type { EventType, PactaEvent } from '../domain/vocabulary.js';
import type { LogDatabase } from '../event-store/database.js';
import { BATCH, type Subscriber } from '../event-store/subscription.js';
import { readGround } from './ground.js';
import { Planner } from './plan.js';
import { followActs } from './reminder-acts.js';
import { reminderSubjects, type Subject } from './subjects.js';
import { writePlan } from './write-plan.js';

type Tx = Transaction<LogDatabase>;

/** Commitments planned and written in one statement; the server ends a transaction that asks for nothing for three seconds. */
const TOGETHER = 50;

/** Events after which every plan of the dialogue is made anew: they change policy, zones, or what round comes next. */
const concernAll: readonly EventType[] = [
  'PartyJoined',
  'ReminderPolicySet',
  'RoundScheduled',
  'RoundRescheduled',
  'RoundPostponed',
  'RoundHeld',
  'RoundCancelled',
];

/** What became of a reminder of an endless series moves the horizon of its commitment on: a year of it is planned. */
const extending: readonly EventType[] = ['ReminderSent', 'ReminderFailed'];

/**
 * Plans reminders as commitments change: a subscription of the log like any other, so that what is planned
 * follows from the record exactly once, whoever dies when.
 */
export const reminderPlanning: Subscriber = {
  name: reminderSubjects.name,
  gathers: 200,
  async handle(log, events, tx) {
    await reminderSubjects.handle(log, events, tx);
    await followActs(tx, log, events);
    if (await isFarBehind(tx, log, events)) {
      await sql`insert into reminder_unplanned (log_id) values (${log}) on conflict do nothing`.execute(tx);
      return;
    }
    const { numAffectedRows } = await sql`delete from reminder_unplanned where log_id = ${log}`.execute(tx);
    if (numAffectedRows || events.some(({ type }) => concernAll.includes(type))) return replan(tx, log);
    const commitments = [...new Set(events.flatMap(commitmentOf))];
    if (commitments.length > 0) await replan(tx, log, commitments);
  },
};

/** What a long log says of a due date, a later event of it may say otherwise: nobody is reminded of what is long over. */
async function isFarBehind(tx: Tx, log: string, events: readonly PactaEvent[]): Promise<boolean> {
  const { rows } = await sql<{ position: number }>`
    select position from log_head where log_id = ${log}`.execute(tx);
  return (rows[0]?.position ?? 0) - events.at(-1)!.position >= BATCH;
}

function commitmentOf(event: PactaEvent): string[] {
  if (event.stream.startsWith('commitment-')) return [event.stream.slice('commitment-'.length)];
  if (!extending.includes(event.type)) return [];
  const { commitment, step } = event.data as { readonly commitment: string; readonly step: string };
  return isOfEndlessSeries(step) ? [commitment] : [];
}

/** Makes what is planned agree with the subjects and contacts of today; of all commitments, or of those named. */
export async function replan(tx: Tx, log: string, commitments?: readonly string[]): Promise<void> {
  const ground = await readGround(tx, log);
  if (!ground) return;
  const planner = new Planner(ground);
  for await (const subjects of subjectsOf(tx, log, commitments)) {
    const plan = subjects.flatMap(({ commitment, ...subject }) => planner.remindersOf(commitment, subject));
    await writePlan(
      tx,
      log,
      subjects.map(({ commitment }) => commitment),
      plan,
    );
  }
}

async function* subjectsOf(tx: Tx, log: string, commitments?: readonly string[]) {
  const concerned = commitments ? sql`and commitment = any(${commitments})` : sql``;
  for (let after = ''; ;) {
    const { rows } = await sql<Subject & { commitment: string }>`
      select commitment, due_version, due_since, due_end, precision, every, responsible, awaiting, facts, turns
        from reminder_subject
       where log_id = ${log} and commitment > ${after} ${concerned}
       order by commitment limit ${TOGETHER}`.execute(tx);
    if (rows.length > 0) yield rows;
    if (rows.length < TOGETHER) return;
    after = rows.at(-1)!.commitment;
  }
}
