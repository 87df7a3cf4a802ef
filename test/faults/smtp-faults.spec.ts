import { sql } from 'kysely';
import { type Database, openDatabase, openServicePool } from '../../src/event-store/database.js';
import { openMailer } from '../../src/mail/mailer.js';
import { Dispatcher } from '../../src/reminders/dispatcher.js';
import type { Unrecorded } from '../../src/reminders/ledger.js';
import { allButDate } from '../support/fake-date.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { planPlain, sendingPlain } from '../support/plain-reminders.js';
import { type Does, OBLIGING, ScriptedSmtp } from '../support/scripted-smtp.js';
import { until } from '../support/until.js';

const PATIENCE = { connect: 300, envelope: 600, message: 600 };

let database: FreshDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(openServicePool(database.serviceUrl));
  await sql`insert into mail_fence (token) values ('test')`.execute(db);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});
beforeEach(async () => {
  await sql`update reminder set state = 'cancelled'`.execute(db);
});

/** A reminder for each of some recipients; the first is the first to be sent. */
const plan = (name: string, recipients: number, kind?: string) => planPlain(db, name, recipients, kind);

function senderTo(port: number, recorded: Unrecorded[] = [], patience: object = PATIENCE) {
  const smtpUrl = `smtp://127.0.0.1:${port}`;
  return sendingPlain(db, openMailer({ smtpUrl, from: 'pacta@example.org', outbox: '', patience }), recorded);
}

const stateOf = async (id: string) =>
  (
    await sql<{ state: string; why: string | null; waits: boolean }>`
      select state, failed_why as why, not_before > now() as waits from reminder where id = ${id}`.execute(db)
  ).rows[0];

const until7 = (end: number, ...rest: Does[]) => [...OBLIGING.slice(0, end), ...rest];

/** The thirteen faults, and what each means for the mail: whether the server has it, and what becomes of it. */
const faults: [string, readonly Does[], 'sent' | 'planned' | 'failed' | 'uncertain', boolean][] = [
  ['no greeting', ['is silent'], 'planned', false],
  ['421 in the greeting', ['421 not now'], 'planned', false],
  ['a drop at MAIL', until7(2, 'hangs up'), 'planned', false],
  ['a drop at DATA', until7(4, 'hangs up'), 'planned', false],
  ['a drop after the final dot', until7(5, 'hangs up'), 'uncertain', false],
  ['silence after the final dot', until7(5, 'is silent'), 'uncertain', false],
  ['450 at RCPT', until7(3, '450 busy'), 'planned', false],
  ['550 at RCPT', until7(3, '550 no such user'), 'failed', false],
  ['451 after the final dot', until7(5, '451 later'), 'planned', false],
  ['554 after the final dot', until7(5, '554 no'), 'failed', false],
  ['a drop after 250', until7(6, 'hangs up'), 'sent', true],
  ['QUIT without an answer', until7(6, 'is silent'), 'sent', true],
  ['silence at DATA', until7(4, 'is silent'), 'planned', false],
];

test.each(faults)('%s: nothing is lost, and nobody else is held up', async (name, script, state, hasIt) => {
  const server = new ScriptedSmtp((connection) => (connection === 0 ? script : OBLIGING));
  const recorded: Unrecorded[] = [];
  try {
    const [faulty, ...others] = await plan(name, 4);
    const { sender, ledger } = senderTo(await server.listen(), recorded);
    const sending = sender.send(faulty!);
    await until(() => server.connections > 0);
    await Promise.all([sending, ...others.map((id) => sender.send(id))]);
    expect((await stateOf(faulty!))?.state).toBe(state);
    expect(server.taken.includes(`${faulty}@example.org`)).toBe(hasIt);
    for (const id of others) expect((await stateOf(id))?.state).toBe('sent');

    // It is not tried again at once, and in the end it has gone out unless it was refused for good.
    expect((await ledger.due(0)).map(({ mailId }) => mailId)).not.toContain(faulty);
    await sql`update reminder set not_before = now() where id = ${faulty}`.execute(db);
    await sender.send(faulty!);
    expect((await stateOf(faulty!))?.state).toBe(state === 'failed' ? 'failed' : 'sent');
    expect(recorded.filter(({ id }) => id === faulty).map((each) => each.state)).toEqual(
      { sent: ['sent'], planned: ['sent'], failed: ['failed'], uncertain: ['uncertain', 'sent'] }[state],
    );
    const times = server.taken.filter((messageId) => messageId === `${faulty}@example.org`).length;
    expect(times).toBe(state === 'failed' ? 0 : 1);
  } finally {
    await server.close();
  }
});

test('where what was perhaps sent is again not answered, and for an escalation at once, a person decides', async () => {
  const server = new ScriptedSmtp(() => until7(5, 'hangs up'));
  try {
    const recorded: Unrecorded[] = [];
    const { sender } = senderTo(await server.listen(), recorded);
    const [again] = await plan('twice in doubt', 1);
    await sender.send(again!);
    expect(await stateOf(again!)).toMatchObject({ state: 'uncertain', waits: true });
    await sql`update reminder set not_before = now() where id = ${again}`.execute(db);
    await sender.send(again!);
    expect(await stateOf(again!)).toMatchObject({ state: 'uncertain', waits: null });
    const [escalation] = await plan('an escalation', 1, 'escalation');
    await sender.send(escalation!);
    expect(await stateOf(escalation!)).toMatchObject({ state: 'uncertain', waits: null });
    expect(recorded.map(({ id, held }) => [id, held])).toEqual([
      [again, false],
      [again, true],
      [escalation, true],
    ]);
  } finally {
    await server.close();
  }
});

test('a reminder that could not go out for far too long is given up with an alert, and a late one is marked, but none that was planned afterwards', async () => {
  const server = new ScriptedSmtp(() => OBLIGING);
  const recorded: Unrecorded[] = [];
  try {
    const { sender } = senderTo(await server.listen(), recorded);
    const [tooLate, late, plannedSince, timely] = await plan('behind', 4);
    await sql`update reminder set due_at = now() - interval '46 days' where id = ${tooLate}`.execute(db);
    const ago = sql`now() - interval '25 hours'`;
    await sql`update reminder set due_at = ${ago}, planned_at = ${ago} where id = ${late}`.execute(db);
    await sql`update reminder set due_at = ${ago} where id = ${plannedSince}`.execute(db);
    for (const id of [tooLate!, late!, plannedSince!, timely!]) await sender.send(id);
    expect(recorded).toMatchObject([
      { id: tooLate, state: 'failed', failed_why: 'too-late' },
      { id: late, state: 'sent', late: true },
      { id: plannedSince, state: 'sent', late: false },
      { id: timely, state: 'sent', late: false },
    ]);
    expect(server.taken).toEqual([late, plannedSince, timely].map((id) => `${id}@example.org`));
  } finally {
    await server.close();
  }
});

test.each([2, 5])('%i workers at once send each mail once, without a queue', async (workers) => {
  const server = new ScriptedSmtp(() => OBLIGING);
  const port = await server.listen();
  const ids = await plan(`shared by ${workers}`, 40);
  const troubles: string[] = [];
  const dispatchers = Array.from({ length: workers }, () => {
    const report = (trouble: string) => troubles.push(trouble);
    return new Dispatcher({
      ...senderTo(port, [], {}),
      mayMail: () => Promise.resolve(true),
      report,
      sweepEvery: 50,
    });
  });
  try {
    dispatchers.forEach((dispatcher) => dispatcher.start());
    await until(() => server.taken.length >= ids.length);
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
    expect(server.taken.toSorted()).toEqual(ids.map((id) => `${id}@example.org`).toSorted());
    expect(troubles).toEqual([]);
  } finally {
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
    await server.close();
  }
});

test('what is added to a day’s digest after it went out is another message', async () => {
  const server = new ScriptedSmtp(() => OBLIGING);
  try {
    const { sender } = senderTo(await server.listen());
    const [first, second, third] = await plan('digest', 3);
    await sql`update reminder set mail_id = 'digest', contact = 'one' where id in (${first}, ${second})`.execute(
      db,
    );
    await sender.send('digest');
    await sql`update reminder set mail_id = 'digest', contact = 'one' where id = ${third}`.execute(db);
    await sender.send('digest');
    expect(server.taken).toEqual(['digest@example.org', 'digest.2@example.org']);
  } finally {
    await server.close();
  }
});

test('after ten days of downtime a person gets one mail, with the strongest step of each commitment', async () => {
  const server = new ScriptedSmtp(() => OBLIGING);
  try {
    const { sender, ledger } = senderTo(await server.listen());
    const [weak, strong, other] = await plan('downtime', 3);
    await sql`
      update reminder set contact = 'one', commitment = 'C-1', strength = array_position(array[${weak}, ${strong}], id),
             due_at = now() - (4 - array_position(array[${weak}, ${strong}], id)) * interval '2 days', mail_id = 'day-' || id
       where id in (${weak}, ${strong})`.execute(db);
    await sql`
      update reminder set contact = 'one', commitment = 'C-2', due_at = now() - interval '1 day', mail_id = 'day-' || id
       where id = ${other}`.execute(db);
    for (const { mailId } of await ledger.due(0)) await sender.send(mailId);
    expect(server.taken).toEqual([`day-${other}@example.org`]);
    expect([
      (await stateOf(weak!))?.state,
      (await stateOf(strong!))?.state,
      (await stateOf(other!))?.state,
    ]).toEqual(['skipped', 'sent', 'sent']);
  } finally {
    await server.close();
  }
});

test('a reminder is due by the clock of the database and the rules that its zone has today', async () => {
  const { ledger } = senderTo(1);
  const [early] = await plan('zone', 1);
  await sql`
    update reminder set local_day = (now() + interval '2 days')::date, local_hour = 9, zone = 'Asia/Tokyo' where id = ${early}`.execute(
    db,
  );
  // Due by what was worked out when it was planned, and not by what follows from its plan now.
  expect(await ledger.claim(early!)).toBeUndefined();
  const { rows } = await sql<{
    later: boolean;
  }>`select due_at > now() as later from reminder where id = ${early}`.execute(db);
  expect(rows).toEqual([{ later: true }]);
});

test('a worker whose clock is an hour ahead sends nothing early', async () => {
  const [soon] = await plan('clock', 1);
  await sql`update reminder set due_at = now() + interval '30 minutes' where id = ${soon}`.execute(db);
  const { sender, ledger } = senderTo(1);
  jest.useFakeTimers({
    doNotFake: allButDate,
    now: Date.now() + 3_600_000,
  });
  try {
    expect(await ledger.due(0)).toEqual([]);
    await sender.send(soon!);
    expect((await stateOf(soon!))?.state).toBe('planned');
  } finally {
    jest.useRealTimers();
  }
});
