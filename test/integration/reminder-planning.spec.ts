import { sql } from 'kysely';
import { addDays, dayIn } from '../../src/domain/calendar.js';
import { Appender } from '../../src/event-store/append.js';
import { openServicePool } from '../../src/event-store/database.js';
import { step } from '../../src/event-store/subscription.js';
import { Directory } from '../../src/reminders/directory.js';
import { digestId } from '../../src/reminders/reminder-id.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { acting } from '../support/acting.js';
import { recordLives } from '../support/commitment-lives.js';
import { d, openTalks, type Talks } from '../support/talks.js';
import { settled } from '../support/open-record.js';

let api: Talks;
let today: string;
beforeEach(async () => {
  api = await openTalks();
  today = dayIn('UTC', api.clock.now());
});
afterEach(async () => {
  const troubles = [...api.troubles];
  await api.ending.now();
  expect(troubles).toEqual([]);
});
const { done, refused, agreed, propose } = acting(() => api);

const minutes = { sources: [{ document: 'minutes' }] };
const byIndia = { nature: 'unilateral', undertakings: [{ party: 'IN' }], towards: 'JP' };
const dueOn = (day: string) => ({ due: { precision: 'day', day } });

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly step: string;
  readonly contact: string;
  readonly state: string;
  readonly due_version: number;
  readonly strength: number;
  readonly local_day: string;
  readonly zone: string;
  readonly due_at: string;
  readonly mail_id: string;
}

async function plan(): Promise<void> {
  await settled(api);
  while ((await step(api.db, reminderPlanning, 'talks')).outcome === 'moved');
}

async function rows(where = sql<boolean>`state = 'planned'`, commitment = 'A'): Promise<Row[]> {
  const found = await sql<Row>`
    select id, kind, step, contact, state, due_version, strength, local_day, zone, due_at, mail_id from reminder
     where commitment = ${commitment} and ${where} order by due_version, kind, contact, strength`.execute(
    api.db,
  );
  return found.rows;
}

/** What is planned, as `due desk T-7`. */
const planned = async (...kinds: string[]) =>
  (await rows(sql<boolean>`state = 'planned' and (${kinds.length === 0} or kind = any(${kinds}))`)).map(
    ({ kind, contact, step: name }) => `${kind} ${contact} ${name}`,
  );
const recipients = async (...kinds: string[]) => [
  ...new Set((await planned(...kinds)).map((each) => each.split(' ').slice(0, 2).join(' '))),
];

const put = (id: string, party: 'IN' | 'JP', more: object = {}) =>
  done(
    'PUT',
    `contacts/${id}`,
    {
      name: id,
      address: `${id}@example.org`,
      zone: party === 'IN' ? 'Asia/Kolkata' : 'Asia/Tokyo',
      ...more,
    },
    api.secretariat[party],
  );
const erase = async (id: string, party: 'IN' | 'JP') => {
  const { status } = await api.ask('DELETE', `${d}/contacts/${id}`, { key: api.secretariat[party] });
  expect(status).toBe(204);
};

const everyone = async () => {
  for (const party of ['IN', 'JP'] as const) {
    const named = party.toLowerCase();
    await put(`${named}-focal`, party);
    await put(`${named}-head`, party, { role: 'head-of-division' });
    await put(`${named}-office`, party, { role: 'secretariat' });
    await put(`${named}-chair`, party, { role: 'co-chair' });
  }
};

const claim = async (party: 'IN' | 'JP', id = 'A') => {
  const evidence = { id: `map-${party}`, titles: { en: 'Map' }, digest: 'a'.repeat(64) };
  await done('POST', `commitments/${id}/evidence`, { party, evidence }, api.secretariat[party]);
  await done(
    'POST',
    `commitments/${id}/delivery-claims`,
    { party, evidence: [evidence.id] },
    api.secretariat[party],
  );
};
const report = (party: 'IN' | 'JP') =>
  done('POST', 'commitments/A/progress-reports', { party, health: 'at-risk' }, api.secretariat[party]);

describe('what is planned', () => {
  test('is one reminder per step and recipient, at the hour of each in their own zone, on no weekend', async () => {
    const end = addDays(today, 100);
    await put('delhi', 'IN');
    await put('tokyo', 'JP', { hour: 17, digest: false });
    await agreed('A', dueOn(end));
    await plan();
    const due = await rows(
      sql<boolean>`kind = 'due' and step in ('T-30', 'T-7', 'T-1', 'overdue', 'week-8')`,
    );
    expect(due.map(({ contact, step: name }) => `${contact} ${name}`)).toEqual(
      ['delhi', 'tokyo'].flatMap((contact) =>
        ['T-30', 'T-7', 'T-1', 'overdue', 'week-8'].map((name) => `${contact} ${name}`),
      ),
    );
    for (const { contact, local_day, zone, due_at, id, mail_id, step: name } of due) {
      expect(due_at).toBe(`${local_day}T${contact === 'delhi' ? '03:30' : '08:00'}:00.000000Z`);
      expect(zone).toBe(contact === 'delhi' ? 'Asia/Kolkata' : 'Asia/Tokyo');
      expect([0, 6]).not.toContain(new Date(local_day).getUTCDay());
      expect(name.startsWith('T-') ? local_day < end : local_day > end).toBe(true);
      expect(mail_id).toBe(contact === 'delhi' ? digestId('talks', 'delhi', local_day) : id);
    }
  });

  test('goes in one mail a day for who wants a digest, also about several commitments', async () => {
    await put('delhi', 'IN');
    for (const id of ['A', 'B']) await agreed(id, { ...byIndia, ...dueOn(addDays(today, 100)) });
    await plan();
    const mails = async (id: string) =>
      (await rows(sql<boolean>`kind = 'due'`, id)).map(({ mail_id }) => mail_id);
    expect(await mails('A')).toEqual(await mails('B'));
    expect(new Set(await mails('A')).size).toBe((await mails('A')).length);
  });

  test('is planned once, however often the log is read again', async () => {
    await everyone();
    await agreed('A', dueOn(addDays(today, 10)));
    await plan();
    const before = await rows();
    expect(before.length).toBeGreaterThan(30);
    await sql`update checkpoint set position = 0 where subscription = ${reminderPlanning.name}`.execute(
      api.db,
    );
    await plan();
    expect(await rows()).toEqual(before);
  });

  test('follows the policy of the dialogue, which its secretariat can change', async () => {
    await put('delhi', 'IN');
    await agreed('A', { ...byIndia, ...dueOn(addDays(today, 100)) });
    await plan();
    const policy = {
      daysBefore: [10],
      daysAfter: [2],
      weeks: 0,
      monthly: false,
      reviewEveryDays: 30,
      silentAfterDays: 400,
      escalation: { headOfDivision: 3, secretariats: 4, coChairs: 5, coChairsBeforeRound: 2 },
    };
    await done('PUT', 'reminder-policy', policy, api.secretariat.JP);
    await plan();
    expect(await planned('due')).toEqual(['due delhi T-10', 'due delhi overdue']);
    const { body } = await api.ask('GET', d);
    expect(body['reminderPolicy']).toEqual(policy);
  });

  test.each([
    [{ daysBefore: [1, 7] }, '/daysBefore'],
    [{ weeks: -1 }, '/weeks'],
    [{ escalation: { headOfDivision: 7 } }, '/escalation/secretariats'],
  ])('follows no policy that cannot be: %j', async (change, field) => {
    const policy = {
      daysBefore: [30],
      daysAfter: [1],
      weeks: 8,
      monthly: true,
      reviewEveryDays: 90,
      silentAfterDays: 60,
      escalation: { headOfDivision: 7, secretariats: 21, coChairs: 45, coChairsBeforeRound: 14 },
    };
    const [status, , pointer] = await refused('PUT', 'reminder-policy', { ...policy, ...change });
    expect([status, pointer]).toEqual([400, field]);
  });

  test('waits for the end of a long log: what came in between was perhaps moved since', async () => {
    await put('delhi', 'IN');
    const pool = openServicePool(api.serviceUrl, 4);
    api.ending.afterwards(() => pool.end());
    await recordLives(new Appender(pool), { log: 'talks', commitments: 60, from: 1, to: 20 });
    const count = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from reminder`.execute(api.db)).rows[0]!.n;
    expect((await step(api.db, reminderPlanning, 'talks', 300)).outcome).toBe('moved');
    expect(await count()).toBe(0);
    await plan();
    expect(await count()).toBeGreaterThan(60);
  });
});

describe('whose turn it is', () => {
  test('decides who is reminded, from the proposal to the last key', async () => {
    await everyone();
    await propose('A', dueOn(addDays(today, 100)));
    await plan();
    expect(await recipients()).toEqual(['confirm-text in-office', 'confirm-text jp-office']);

    await done('PUT', 'commitments/A/agreement', minutes);
    await plan();
    expect(await recipients('confirm-text', 'due', 'silent')).toEqual(
      ['due in-focal', 'silent in-focal', 'due jp-focal', 'silent jp-focal'].toSorted(),
    );

    await claim('IN');
    await plan();
    expect(await recipients('due', 'attest')).toEqual(['due jp-focal']);

    await claim('JP');
    await plan();
    expect(await recipients()).toEqual(['attest in-office', 'attest jp-office']);

    await done('PUT', 'commitments/A/withdrawal', { party: 'IN', reason: 'Not needed' }, api.secretariat.IN);
    await done('PUT', 'commitments/A/withdrawal', { party: 'JP', reason: 'Not needed' }, api.secretariat.JP);
    await plan();
    expect(await planned()).toEqual([]);
  });

  test('is the other side’s while an extension is asked; a grant cancels the old series and begins a new one', async () => {
    await everyone();
    await agreed('A', { ...byIndia, ...dueOn(addDays(today, 5)) });
    await plan();
    await sql`update reminder set state = 'sent' where step = 'T-7' and commitment = 'A'`.execute(api.db);
    const [before] = await rows(sql<boolean>`kind = 'due'`);
    await done(
      'POST',
      'commitments/A/extension-requests',
      { party: 'IN', ...dueOn(addDays(today, 200)), reasonCode: 'dependency-late' },
      api.secretariat.IN,
    );
    await plan();
    expect(await recipients()).toEqual(['answer-extension jp-office']);
    await done('POST', 'commitments/A/extension-grants', { party: 'JP' }, api.secretariat.JP);
    await plan();
    expect(await recipients('due', 'answer-extension')).toEqual(['due in-focal']);
    const due = await rows(sql<boolean>`kind = 'due'`);
    const old = due.filter(({ due_version }) => due_version === before!.due_version);
    expect(new Set(old.map(({ state, step: name }) => (state === 'sent' ? `sent ${name}` : state)))).toEqual(
      new Set(['cancelled', 'sent T-7']),
    );
    expect(
      due.filter(({ state }) => state === 'planned').map(({ local_day }) => local_day > today),
    ).not.toContain(false);
  });

  test('goes to the next fitting role where a party has named nobody in the one that is sought', async () => {
    await put('jp-chair', 'JP', { role: 'co-chair' });
    await agreed('A', dueOn(addDays(today, 100)));
    await plan();
    expect(await recipients('due')).toEqual(['due jp-chair']);
    await put('jp-focal', 'JP');
    expect(await recipients('due')).toEqual(['due jp-focal']);
    await done(
      'PUT',
      'commitments/A/focal-point',
      { party: 'JP', focalPoint: 'jp-chair' },
      api.secretariat.JP,
    );
    await plan();
    expect(await recipients('due')).toEqual(['due jp-chair']);
  });
});

describe('someone who is not there', () => {
  test('is stood in for up to the day on which they are back', async () => {
    await put('second', 'IN', { role: 'secretariat' });
    await put('first', 'IN');
    await agreed('A', { ...byIndia, ...dueOn(addDays(today, 20)) });
    await put('first', 'IN', { awayUntil: addDays(today, 15), standIn: 'second' });
    await plan();
    const due = await rows(sql<boolean>`state = 'planned' and kind = 'due'`);
    expect(due.length).toBeGreaterThan(5);
    for (const { contact, local_day } of due) {
      expect([local_day, contact]).toEqual([local_day, local_day <= addDays(today, 15) ? 'second' : 'first']);
    }
  });

  test('and wants no mails is passed over for a colleague, and where there is none goes on with the digest', async () => {
    await put('only', 'IN', { digest: false });
    await agreed('A', { ...byIndia, ...dueOn(addDays(today, 100)) });
    await new Directory(api.db).change('talks', async (tx) => {
      await sql`update contact set unsubscribed_at = now() where id = 'only'`.execute(tx);
    });
    await plan();
    const [first] = await rows(sql<boolean>`kind = 'due'`);
    expect([first?.contact, first?.mail_id]).toEqual(['only', digestId('talks', 'only', first!.local_day)]);
    await put('office', 'IN', { role: 'secretariat' });
    expect(await recipients('due')).toEqual(['due office']);
  });

  test('and is erased is followed by who is left; those whose stand-in it was have none', async () => {
    await put('second', 'IN', { role: 'head-of-division' });
    await put('first', 'IN', { standIn: 'second' });
    await agreed('A', { ...byIndia, ...dueOn(addDays(today, 100)) });
    await plan();
    await erase('second', 'IN');
    const { body } = await api.ask('GET', `${d}/contacts`, { key: api.secretariat.IN });
    expect(body['contacts']).toEqual([
      {
        id: 'first',
        party: 'IN',
        name: 'first',
        address: 'first@example.org',
        zone: 'Asia/Kolkata',
        hour: 9,
        role: 'focal-point',
        language: 'en',
        digest: true,
      },
    ]);
    await erase('first', 'IN');
    expect(await planned()).toEqual([]);
  });

  test.each([
    [{ country: 'XX' }, ['unknown-country', '/country']],
    [{ country: 'japan' }, ['invalid', '/country']],
    [{ role: 'minister' }, ['invalid', '/role']],
    [{ language: 'fr' }, ['invalid', '/language']],
    [{ awayUntil: '2026-02-30', standIn: 'other' }, ['no-such-date', '/awayUntil']],
    [{ awayUntil: '2026-02-28' }, ['stand-in-missing', '/standIn']],
    [{ standIn: 'desk' }, ['own-stand-in', '/standIn']],
    [{ standIn: 'nobody' }, ['no-such-stand-in', '/standIn']],
    [{ standIn: 'in-desk' }, ['no-such-stand-in', '/standIn']],
  ])('is said in words that can be: not %j', async (more, [code, field]) => {
    await put('other', 'JP');
    await put('in-desk', 'IN');
    const body = { name: 'Desk', address: 'desk@jp.example', zone: 'Asia/Tokyo', ...more };
    const [, given, pointer] = await refused('PUT', 'contacts/desk', body, api.secretariat.JP);
    expect([code === 'invalid' ? code : given, pointer]).toEqual([code, field]);
  });
});

describe('what is overdue', () => {
  const overdue = async () => {
    await everyone();
    await agreed('A', { ...byIndia, ...dueOn(addDays(today, -3)) });
    await plan();
  };

  test('is put before those above, one after the other, of one side and then of both', async () => {
    await overdue();
    expect((await planned('escalation')).toSorted()).toEqual([
      'escalation in-chair escalation-45',
      'escalation in-head escalation-7',
      'escalation in-office escalation-21',
      'escalation jp-chair escalation-45',
      'escalation jp-office escalation-21',
    ]);
  });

  test('is put before the co-chairs’ offices two weeks before the next round, where that comes first', async () => {
    await overdue();
    const place = { zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };
    await done('POST', 'rounds', { number: 1, plannedFor: addDays(today, 30), ...place });
    await plan();
    const chairs = async () => (await planned('escalation')).filter((each) => each.includes('chair'));
    expect(await chairs()).toEqual(['escalation in-chair round-14', 'escalation jp-chair round-14']);
    await done('POST', 'rounds/1/postponements', { reason: 'Elections' });
    await plan();
    expect(await chairs()).toEqual([
      'escalation in-chair escalation-45',
      'escalation jp-chair escalation-45',
    ]);
  });

  test('goes no higher, and is repeated no more, once the owing side has answered; not when the other side speaks', async () => {
    await overdue();
    const before = await planned('due', 'escalation');
    await done(
      'POST',
      'commitments/A/disputes',
      {
        id: 'late',
        party: 'JP',
        about: 'status',
        text: { en: 'Where is it?' },
      },
      api.secretariat.JP,
    );
    await plan();
    expect(await planned('due', 'escalation')).toEqual(before);
    await report('IN');
    await plan();
    expect(await planned('due', 'escalation')).toEqual([]);
    expect(await recipients()).toEqual(['silent in-focal']);
  });

  test('after ten days without a worker leaves the strongest of what was missed', async () => {
    await put('delhi', 'IN', { hour: 0 });
    await agreed('A', { ...byIndia, ...dueOn(addDays(today, 40)) });
    await plan();
    // Ten days pass over T-7 and T-1, and the end is tomorrow.
    await sql`update reminder set state = 'sent' where step = 'T-30'`.execute(api.db);
    await sql`
      update reminder set local_day = local_day - 39, due_at = due_at - interval '39 days'
       where kind = 'due'`.execute(api.db);
    const missed = await rows(sql<boolean>`kind = 'due' and state = 'planned' and due_at <= now()`);
    expect(missed.map(({ step: name }) => name).at(-1)).toBe('T-1');
    expect(new Set(missed.map(({ due_version }) => due_version)).size).toBe(1);
  });
});

describe('a round that moves', () => {
  test('after T-7 begins a new series, and nothing for the old date comes again', async () => {
    const place = { zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };
    await put('delhi', 'IN');
    await agreed('A', { ...byIndia, due: { precision: 'next-round' } });
    await plan();
    expect(await recipients()).toEqual(['review delhi', 'silent delhi']);
    await done('POST', 'rounds', { number: 1, plannedFor: addDays(today, 6), ...place });
    await plan();
    await sql`
      update reminder set state = case step when 'T-7' then 'sent' else 'skipped' end
       where kind = 'due' and due_at <= now()`.execute(api.db);
    const old = await rows(sql<boolean>`kind = 'due'`);
    expect(old.filter(({ state }) => state === 'sent').map(({ step: name }) => name)).toEqual(['T-7']);
    await done('POST', 'rounds/1/reschedulings', { plannedFor: addDays(today, 90), reason: 'Elections' });
    await plan();
    const now = await rows(sql<boolean>`kind = 'due'`);
    const [oldVersion] = old.map(({ due_version }) => due_version);
    expect(new Set(now.filter((each) => each.due_version === oldVersion).map(({ state }) => state))).toEqual(
      new Set(['sent', 'skipped', 'cancelled']),
    );
    const anew = now.filter((each) => each.due_version !== oldVersion);
    expect(anew.slice(0, 3).map(({ step: name, state }) => `${state} ${name}`)).toEqual([
      'planned T-30',
      'planned T-7',
      'planned overdue',
    ]);
    expect(anew.filter(({ local_day }) => local_day <= today)).toEqual([]);
  });
});

test('what is due again and again is looked at once per occurrence', async () => {
  await put('delhi', 'IN');
  await agreed('A', { ...byIndia, due: { precision: 'recurring', every: 'half-year' } });
  await plan();
  const reviews = await rows(sql<boolean>`kind = 'review'`);
  expect(reviews.map(({ step: name }) => name)).toEqual(['review-1', 'review-2']);
});

describe('a reminder that was put off', () => {
  test('keeps its day when plans are made anew, and ends with its series', async () => {
    await put('delhi', 'IN');
    await agreed('A', { ...byIndia, ...dueOn(addDays(today, 20)) });
    await plan();
    const until = addDays(today, 9);
    await sql`update reminder set snoozed = 1, local_day = ${until}::date where step = 'T-7'`.execute(api.db);
    await put('delhi', 'IN', { hour: 11 });
    const day = async () =>
      (await rows(sql<boolean>`step = 'T-7'`)).map(({ local_day, state }) => [local_day, state]);
    expect(await day()).toEqual([[until, 'planned']]);
    await claim('IN');
    await plan();
    expect(await day()).toEqual([[until, 'cancelled']]);
  });
});
