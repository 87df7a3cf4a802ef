import { sql } from 'kysely';
import { remindersAnswer } from '../../src/http/reminders.controller.js';
import type { ReminderCommand } from '../../src/domain/reminder.js';
import type { ReminderAnswer } from '../../src/reminders/reminder-answers.js';
import { changeInExample, example as dialogue, loadExample, planExample } from '../support/example.js';
import { openTestApi, type TestApi } from '../support/http.js';

const d = `/v1/dialogues/${dialogue}`;

let api: TestApi;
let keys: Record<'mer' | 'ald' | 'auditor' | 'recorder', string>;
beforeAll(async () => {
  api = await openTestApi();
  await loadExample(api);
  await planExample(api);
  // What became of WQ-1 at T-30: it reached Merania's contact, and perhaps Aldovia's.
  await sql`
    update reminder set state = case contact when 'desk-mer' then 'sent' else 'uncertain' end
     where commitment = 'WQ-1' and step = 'T-30'`.execute(api.db);
  await sql`update reminder set state = 'planned' where commitment = 'WQ-1' and step = 'T-7'`.execute(api.db);
  await sql`
    insert into delivery_attempt (mail_id, fence, message_id, finished_at, outcome, smtp_code, detail)
    select mail_id, 1, 'm', now(), 'sent', 250, 'accepted for someone@mer.example'
      from reminder where commitment = 'WQ-1' and step = 'T-30' and contact = 'desk-mer'`.execute(api.db);
  const official = (party: string) => api.key({ role: 'desk-officer', party });
  keys = {
    mer: await official('MER'),
    ald: await official('ALD'),
    auditor: await api.key({ role: 'auditor' }),
    recorder: await api.key({ role: 'recorder' }),
  };
});
afterAll(() => api.ending.now());

async function reminders(url: string, key?: string) {
  const answer = await api.ask('GET', `${d}/${url}`, key ? { key } : {});
  expect([url, answer.status]).toEqual([url, 200]);
  return answer.body as unknown as { reminders: ReminderAnswer[]; next?: ReminderAnswer };
}

test('a party’s own people see what is planned, sent, perhaps sent and failed for their side, why, and what stops it', async () => {
  const { reminders: all, next } = await reminders('commitments/WQ-1/reminders', keys.mer);
  const own = all.filter(({ party }) => party === 'MER');
  expect(own.slice(0, 4).map(({ step: name, state, recipient }) => `${name} ${state} ${recipient}`)).toEqual([
    'T-30 sent desk-mer',
    'T-7 planned desk-mer',
    'T-1 planned desk-mer',
    'overdue planned desk-mer',
  ]);
  expect(own[0]).toMatchObject({
    kind: 'due',
    why: 'The party has agreed to it and has not claimed delivery of its share.',
    stops: expect.stringContaining('A claim of delivery'),
    outcome: 'sent',
    smtpCode: 250,
  });
  expect(next).toMatchObject({ step: 'T-7', party: 'MER' });
});

test('of the other side they see what went out, and neither its people nor its plans', async () => {
  const { reminders: all } = await reminders('commitments/WQ-1/reminders', keys.mer);
  const others = all.filter(({ party }) => party === 'ALD');
  expect(others.map(({ step: name, state }) => `${name} ${state}`)).toEqual(['T-30 uncertain']);
  expect(Object.keys(others[0]!).toSorted()).toEqual(
    ['id', 'commitment', 'step', 'kind', 'party', 'dueVersion', 'state', 'why', 'stops'].toSorted(),
  );
});

test.each(['nobody', 'auditor', 'recorder'] as const)(
  '%s sees what went out, and nobody’s plans',
  async (who) => {
    const { reminders: all, next } = await reminders(
      'commitments/WQ-1/reminders',
      who === 'nobody' ? undefined : keys[who],
    );
    expect(all.map(({ party, state }) => `${party} ${state}`).toSorted()).toEqual([
      'ALD uncertain',
      'MER sent',
    ]);
    expect(next).toBeUndefined();
    expect(JSON.stringify(all)).not.toMatch(/desk-|zone/);
  },
);

test('no answer carries a name, an address or what a server said', async () => {
  for (const key of [keys.mer, keys.ald, undefined]) {
    const told = JSON.stringify(await reminders('commitments/WQ-1/reminders', key));
    expect(told).not.toMatch(/@|Meera|Alda|accepted/);
  }
});

test('a contact’s reminders are for its own side; to others it does not exist, nor does a made-up one', async () => {
  const { reminders: all, next } = await reminders('contacts/desk-mer/reminders', keys.mer);
  expect(new Set(all.map(({ recipient }) => recipient))).toEqual(new Set(['desk-mer']));
  const times = all.map(({ dueAt }) => Date.parse(dueAt!));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(next).toBeDefined();
  for (const [url, key] of [
    ['contacts/desk-mer/reminders', keys.ald],
    ['contacts/desk-mer/reminders', keys.auditor],
    ['contacts/desk-mer/reminders', undefined],
    ['contacts/nobody/reminders', keys.mer],
  ] as const) {
    const { status, body } = await api.ask('GET', `${d}/${url}`, key ? { key } : {});
    expect([url, status, body['type']]).toEqual([url, 404, 'urn:pacta:problem:no-such-contact']);
  }
});

test('of a commitment that its reader may not see there are no reminders, under its own address or a contact’s', async () => {
  await sql`
    update commitment_standing set level = 'own-side', side = 'ALD' where commitment = 'NAV-2'`.execute(
    api.db,
  );
  expect((await api.ask('GET', `${d}/commitments/NAV-2/reminders`)).status).toBe(404);
  expect((await api.ask('GET', `${d}/commitments/NAV-2/reminders`, { key: keys.mer })).status).toBe(404);
  expect((await api.ask('GET', `${d}/commitments/NAV-2/reminders`, { key: keys.ald })).status).toBe(200);
  const { reminders: all } = await reminders('contacts/desk-mer/reminders', keys.mer);
  expect(all.filter(({ commitment }) => commitment === 'NAV-2')).toEqual([]);
});

test('an answer is as the description of the API says, and its tag changes when it does', async () => {
  const url = `${d}/commitments/WQ-1/reminders`;
  const { body, etag, headers } = await api.ask('GET', url, { key: keys.mer });
  expect(remindersAnswer.strict().safeParse(body).error?.issues).toBeUndefined();
  expect(headers['cache-control']).toBe('private, no-cache');
  const again = await api.ask('GET', url, { key: keys.mer, headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  await sql`update reminder set state = 'skipped' where commitment = 'WQ-1' and step = 'T-7'`.execute(api.db);
  expect((await api.ask('GET', url, { key: keys.mer, headers: { 'if-none-match': etag } })).status).toBe(200);
});

test('all that happens to a reminder is in the history of its commitment, by reference only', async () => {
  const named = {
    id: 'r-1',
    commitment: 'WQ-1',
    step: 'T-7',
    dueVersion: 1,
    recipient: 'desk-mer',
    party: 'MER',
  };
  const until = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const commands: ReminderCommand[] = [
    { type: 'RecordReminderUncertain', data: named },
    { type: 'RecordReminderSent', data: named },
    { type: 'RecordReminderFailed', data: { ...named, why: 'refused', code: 550 } },
    { type: 'RaiseEscalation', data: { ...named, id: 'r-2', step: 'escalation-7' } },
    { type: 'SnoozeReminder', data: { ...named, until }, zone: 'Asia/Kolkata' },
    { type: 'AcknowledgeReminder', data: named },
    { type: 'HandOverReminder', data: { ...named, to: 'colleague' } },
  ];
  for (const command of commands) {
    await changeInExample(api, command);
  }
  await settledOn(dialogue);
  const { body } = await api.ask('GET', `${d}/commitments/WQ-1/history`);
  const told = (body['events'] as { type: string }[]).map(({ type }) => type).slice(-commands.length);
  expect(told).toEqual([
    'ReminderUncertain',
    'ReminderSent',
    'ReminderFailed',
    'EscalationRaised',
    'ReminderSnoozed',
    'ReminderAcknowledged',
    'ReminderHandedOver',
  ]);
  const page = (await api.app.inject({ method: 'GET', url: `/dialogues/${dialogue}/commitments/WQ-1` })).body;
  for (const words of [
    'was handed over, and no answer came',
    'A reminder went to',
    'could not be delivered',
    'Put before those above at',
    'put its reminder off to',
    'has read its reminder',
    'handed its reminder to a colleague',
    '7 days before the end of the time agreed',
  ])
    expect(page).toContain(words);
});

test('operators see how long the oldest due reminder has waited, and how many are in each state', async () => {
  await sql`update reminder set state = 'skipped' where state = 'planned' and due_at <= now()`.execute(
    api.db,
  );
  expect((await api.ask('GET', '/health/ready')).body).toEqual({
    status: 'ok',
    parked: [],
    reminders: { oldestDueSeconds: 0 },
  });
  await sql`
    update reminder set state = 'planned', due_at = now() - interval '3 days', planned_at = now() - interval '20 minutes'
     where commitment = 'WQ-1' and step = 'T-7' and contact = 'desk-mer'`.execute(api.db);
  const { body } = await api.ask('GET', '/health/ready');
  expect(body).toMatchObject({ status: 'degraded', parked: [] });
  const { oldestDueSeconds } = body['reminders'] as { oldestDueSeconds: number };
  expect(oldestDueSeconds).toBeGreaterThanOrEqual(1200);
  expect(oldestDueSeconds).toBeLessThan(1260);
  const told = String((await api.ask('GET', '/metrics')).body['text']);
  expect(told).toMatch(/^pacta_reminder_oldest_due_seconds 12\d\d$/m);
  expect(told).toMatch(/^pacta_reminders\{state="uncertain"\} 1$/m);
  expect(told).toMatch(/^pacta_reminders\{state="failed"\} 0$/m);
});

async function settledOn(log: string): Promise<void> {
  const { position } = await api.db
    .selectFrom('log_head')
    .select('position')
    .where('log_id', '=', log)
    .executeTakeFirstOrThrow();
  expect(await api.views.haveReached(log, position, 10_000)).toBe(true);
}
