import { sql } from 'kysely';
import { addDays, dayIn } from '../../src/domain/calendar.js';
import { readStream } from '../../src/event-store/read.js';
import { Directory } from '../../src/reminders/directory.js';
import { type LinkPurpose, ReminderLinks } from '../../src/reminders/links.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { example as dialogue, loadExample, planExample, withholdInExample } from '../support/example.js';
import { openTestApi, type TestApi } from '../support/http.js';

const zone = 'Asia/Kolkata';

let api: TestApi;
let links: ReminderLinks;
/** The recipient, a colleague, and someone of the other side; others for each test, whose reminders nobody has touched. */
let ids: { readonly me: string; readonly mate: string; readonly other: string };
let count = 0;

beforeAll(async () => {
  api = await openTestApi();
  await loadExample(api);
  await plan();
  links = api.app.get(ReminderLinks);
});
beforeEach(async () => {
  count++;
  ids = { me: `me-${count}`, mate: `mate-${count}`, other: `other-${count}` };
  await sql`delete from contact`.execute(api.db);
  const directory = new Directory(api.db);
  const named = (id: string, party: string, name: string) =>
    directory.put(dialogue, { id, party, name, address: `${id}@example.org`, zone, hour: 9 });
  await named(ids.me, 'MER', 'Meera Nadi');
  await named(ids.mate, 'MER', 'Jal Dev');
  await named(ids.other, 'ALD', 'Alda Rivas');
});
afterAll(() => api.ending.now());

const plan = () => planExample(api);

interface Row {
  readonly id: string;
  readonly state: string;
  readonly contact: string;
  readonly local_day: string | null;
  readonly due_at: string;
  readonly acknowledged: boolean;
  readonly handed_from: string | null;
  readonly mail_id: string;
}

/** Reminders of a commitment at one step, as the database has them. */
const rows = async (commitment: string, name: string) =>
  (
    await sql<Row>`
      select id, state, contact, local_day::text, due_at, acknowledged_at is not null as acknowledged, handed_from, mail_id
        from reminder where log_id = ${dialogue} and commitment = ${commitment} and step = ${name}
       order by contact`.execute(api.db)
  ).rows;
const rowOf = async (commitment: string, name: string, contact = ids.me) =>
  (await rows(commitment, name)).find((row) => row.contact === contact)!;

/** Marks a reminder as sent, as its worker would. */
async function send({ id }: Row): Promise<void> {
  await sql`update reminder set state = 'sent', tries = 1, on_record = true where id = ${id}`.execute(api.db);
}

const path = async (purpose: LinkPurpose, about: { reminder: string } | { contact: string }) =>
  links.linkFor(
    purpose as 'snooze',
    { log: dialogue, ...about } as { log: string; reminder: string },
    api.clock.now(),
  );

async function sentLink(purpose: LinkPurpose, commitment = 'WQ-1', name = 'T-7') {
  const row = await rowOf(commitment, name);
  await send(row);
  return { row, url: await path(purpose, { reminder: row.id }) };
}

const get = (url: string, headers: Record<string, string> = {}) =>
  api.app.inject({ method: 'GET', url, headers });
const press = (url: string, fields: Record<string, string> = {}) =>
  api.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });

const events = async (id: string) =>
  (await readStream(api.db, dialogue, `reminder-${id}`)).map(({ type, data }) => ({ type, data }));
const heads = () => sql`select * from log_head order by log_id`.execute(api.db);
const everything = async () =>
  JSON.stringify([
    (await heads()).rows,
    (await sql`select * from reminder order by id`.execute(api.db)).rows,
    (await sql`select * from contact order by id`.execute(api.db)).rows,
  ]);
/** An id by what it stands for in a table of tests. */
const idOf = (named: string) => (ids as Record<string, string>)[named] ?? named;
const today = () => dayIn(zone, api.clock.now());
const words = (html: string) =>
  html
    .replace(/<(style|head)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

test('opening a link, or asking for its head, changes nothing, however often: programs look through mails', async () => {
  const { row } = await sentLink('acknowledge');
  const urls = await Promise.all(
    (['acknowledge', 'snooze', 'hand-over', 'done'] as const)
      .map((purpose) => path(purpose, { reminder: row.id }))
      .concat((['preferences', 'unsubscribe'] as const).map((purpose) => path(purpose, { contact: ids.me }))),
  );
  const before = await everything();
  for (const url of urls) {
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      const { statusCode } = await api.app.inject({ method, url });
      expect([url, method, statusCode]).toEqual([url, method, 200]);
    }
  }
  await plan();
  expect(await everything()).toBe(before);
});

test('a page is kept by nobody, found by nobody, framed by nobody, and tells no other site where its reader came from', async () => {
  const { url } = await sentLink('acknowledge');
  const { headers, body } = await get(url);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
  });
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain("form-action 'self'");
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(body).not.toMatch(/<script|style="|javascript:/i);
});

test('a page tells the reference, the title, the agreed words and the day that they are counted to', async () => {
  const { url } = await sentLink('acknowledge');
  const told = words((await get(url)).body);
  expect(told).toContain('WQ-1');
  expect(told).toContain('7 days before the end of the time agreed');
  expect(told).toMatch(/counted to|20\d\d/);
});

describe('acknowledging', () => {
  test('is done once, is on record in the name of nobody, and stops this step but not the next', async () => {
    const { row, url } = await sentLink('acknowledge');
    expect(words((await press(url)).body)).toContain('You have acknowledged this reminder.');
    const { statusCode, body } = await press(url);
    expect([statusCode, words(body)]).toEqual([200, expect.stringContaining('It does not come again.')]);
    expect(await events(row.id)).toEqual([
      {
        type: 'ReminderAcknowledged',
        data: expect.objectContaining({ commitment: 'WQ-1', step: 'T-7', recipient: ids.me }),
      },
    ]);
    expect(JSON.stringify(await readStream(api.db, dialogue, `reminder-${row.id}`))).not.toMatch(/Meera|@/);
    await plan();
    expect(await rowOf('WQ-1', 'T-7')).toMatchObject({ state: 'sent', acknowledged: true });
    expect(await rowOf('WQ-1', 'T-1')).toMatchObject({ state: 'planned', acknowledged: false });
  });

  test('of what perhaps arrived proves that it did: it is not sent again', async () => {
    const { row, url } = await sentLink('acknowledge');
    await sql`update reminder set state = 'uncertain', on_record = false where id = ${row.id}`.execute(
      api.db,
    );
    await press(url);
    await plan();
    expect(await rowOf('WQ-1', 'T-7')).toMatchObject({ state: 'sent', acknowledged: true });
  });

  test('is not undone by the planner when the log says more about the commitment', async () => {
    const { row, url } = await sentLink('acknowledge');
    await press(url);
    await plan();
    await sql`update checkpoint set position = 0 where subscription = ${reminderPlanning.name} and log_id = ${dialogue}`.execute(
      api.db,
    );
    await plan();
    expect(await rowOf('WQ-1', 'T-7')).toMatchObject({ id: row.id, state: 'sent', acknowledged: true });
  });
});

describe('putting off', () => {
  test('sends it again on the day that was named, as a mail of its own', async () => {
    const { row, url } = await sentLink('snooze');
    const day = addDays(today(), 2);
    expect(words((await press(url, { until: day })).body)).toContain('It is put off and comes again on');
    await press(url, { until: day });
    await plan();
    const again = await rowOf('WQ-1', 'T-7');
    expect(again).toMatchObject({ state: 'planned', local_day: day });
    expect(again.due_at).toBe(`${day}T03:30:00.000000Z`);
    expect(again.mail_id).not.toBe(row.mail_id);
    expect(await events(row.id)).toHaveLength(1);
  });

  test('holds when the commitment is planned anew', async () => {
    const { url } = await sentLink('snooze');
    const day = addDays(today(), 2);
    await press(url, { until: day });
    await plan();
    await press(await path('preferences', { contact: ids.me }), preferences());
    expect(await rowOf('WQ-1', 'T-7')).toMatchObject({ state: 'planned', local_day: day });
  });

  test.each([
    ['past the end', 40, 'it can be put off to that day at most'],
    ['to today', 0, 'to a day after today'],
  ])('%s is refused beside the field, and changes nothing', async (_what, days, why) => {
    const { row, url } = await sentLink('snooze');
    const { statusCode, body } = await press(url, { until: addDays(today(), days) });
    expect(statusCode).toBe(409);
    expect(body).toMatch(new RegExp(`id="until-error"[^>]*>[^<]*${why}`));
    expect(body).toContain('aria-describedby="until-hint until-error"');
    expect(await events(row.id)).toEqual([]);
  });

  test.each(['', 'tomorrow', '2026-13-45', "2026-01-01' or 1=1"])(
    'to no day, %j, is refused',
    async (until) => {
      const { row, url } = await sentLink('snooze');
      const { statusCode, body } = await press(url, { until });
      expect([statusCode, body]).toEqual([409, expect.stringContaining('until-error')]);
      expect(await events(row.id)).toEqual([]);
    },
  );

  test('is possible twice for one step', async () => {
    const { url } = await sentLink('snooze');
    for (const days of [1, 2]) {
      await press(url, { until: addDays(today(), days) });
      await plan();
    }
    const { statusCode, body } = await press(url, { until: addDays(today(), 3) });
    expect([statusCode, words(body)]).toEqual([409, expect.stringContaining('put off twice')]);
  });

  test('is not offered for an escalation', async () => {
    const { row, url } = await sentLink('snooze');
    await sql`update reminder set step = 'escalation-7', kind = 'escalation' where id = ${row.id}`.execute(
      api.db,
    );
    expect((await get(url)).body).not.toContain('<form');
    const { statusCode, body } = await press(url, { until: addDays(today(), 1) });
    expect([statusCode, words(body)]).toEqual([409, expect.stringContaining('it ends with an answer')]);
  });
});

describe('handing over', () => {
  test('plans it for the colleague at their next hour, and the record names both by reference only', async () => {
    await sql`update reminder set state = 'cancelled' where contact = ${ids.mate}`.execute(api.db);
    const { row, url } = await sentLink('hand-over');
    expect((await get(url)).body).toContain('Jal Dev');
    expect(words((await press(url, { to: ids.mate })).body)).toContain('You have handed it to Jal Dev');
    await press(url, { to: ids.mate });
    expect(await events(row.id)).toEqual([
      {
        type: 'ReminderHandedOver',
        data: expect.objectContaining({ recipient: ids.me, to: ids.mate }),
      },
    ]);
    await plan();
    const theirs = await rowOf('WQ-1', 'T-7', ids.mate);
    expect(theirs).toMatchObject({ state: 'planned', handed_from: ids.me });
    expect(theirs.due_at).toMatch(/T03:30:00/);
    expect(theirs.due_at > api.clock.now()).toBe(true);
  });

  test('reaches the colleague also where planning meant it for them as well, and does not go in a circle', async () => {
    const { url } = await sentLink('hand-over');
    await press(url, { to: ids.mate });
    await plan();
    const theirs = await rowOf('WQ-1', 'T-7', ids.mate);
    const { body } = await get(await path('hand-over', { reminder: theirs.id }));
    expect(body).not.toContain('Meera');
  });

  test.each(['other', 'nobody', '', 'me'])(
    'to %j, who is no colleague, is refused beside the field',
    async (to) => {
      const { row, url } = await sentLink('hand-over');
      const { statusCode, body } = await press(url, { to: idOf(to) });
      expect([statusCode, body]).toEqual([409, expect.stringContaining('to-error')]);
      expect(await events(row.id)).toEqual([]);
    },
  );

  test('ends what the first one can do: it is the colleague’s', async () => {
    const { row, url } = await sentLink('hand-over');
    await press(url, { to: ids.mate });
    const { statusCode } = await press(await path('acknowledge', { reminder: row.id }));
    expect(statusCode).toBe(409);
  });
});

test('proof leads to where it is taken, and takes nothing: a mail is no key', async () => {
  const { row, url } = await sentLink('done');
  const { body } = await get(url);
  expect(body).not.toContain('<form');
  expect(body).toContain('/v1/dialogues/example-clean-rivers/commitments/WQ-1/evidence');
  expect((await press(url, { address: 'https://example.org' })).statusCode).toBe(409);
  expect(await events(row.id)).toEqual([]);
});

test('a link of one purpose does nothing of another', async () => {
  const { row, url } = await sentLink('acknowledge');
  await press(url, { until: addDays(today(), 2), to: ids.mate });
  expect((await events(row.id)).map(({ type }) => type)).toEqual(['ReminderAcknowledged']);
});

describe('a link that is not good', () => {
  test('is answered alike whether it was made up, changed, has expired, or is about someone who was erased', async () => {
    const { row } = await sentLink('acknowledge');
    const url = await path('acknowledge', { reminder: row.id });
    const about = { log: dialogue, reminder: row.id };
    const expired = await links.linkFor('acknowledge', about, '2020-01-01T00:00:00Z');
    const unknown = await path('acknowledge', { reminder: '0'.repeat(32) });
    const erased = await path('preferences', { contact: 'nobody' });
    const elsewhere = await links.linkFor('acknowledge', { ...about, log: 'no-such-log' }, api.clock.now());
    const changed = url.slice(0, -1) + (url.endsWith('A') ? 'B' : 'A');
    const bodies = new Set<string>();
    for (const wrong of [
      changed,
      expired,
      unknown,
      erased,
      elsewhere,
      '/reminders/x',
      `/reminders/${'A'.repeat(290)}`,
    ]) {
      for (const answer of [await get(wrong), await press(wrong)]) {
        expect([wrong, answer.statusCode]).toEqual([wrong, 404]);
        expect(answer.headers['cache-control']).toBe('no-store');
        bodies.add(answer.body);
      }
    }
    expect([...bodies]).toHaveLength(1);
    expect([...bodies][0]).toContain('This link leads nowhere');
    expect(await events(row.id)).toEqual([]);
  });

  test('is told to programs that ask for JSON in a problem document', async () => {
    const { headers, body } = await get('/reminders/x', { accept: 'application/json' });
    expect(headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ type: 'urn:pacta:problem:no-such-link', status: 404 });
  });
});

test('forms are taken behind links only; everywhere else bodies are JSON', async () => {
  const key = await api.key({ role: 'recorder' });
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const { statusCode } = await api.app.inject({
      method: 'POST',
      url: '/v1/dialogues',
      headers: { 'content-type': type, authorization: `Bearer ${key}` },
      payload: 'slug=talks',
    });
    expect(statusCode).toBe(415);
  }
});

test('a form that is larger than any is refused', async () => {
  const { url } = await sentLink('snooze');
  expect((await press(url, { until: 'x'.repeat(20_000) })).statusCode).toBe(413);
});

test('a commitment that is withheld is told by its reference alone: no title, no day, no step', async () => {
  const { row } = await sentLink('snooze', 'NAV-2');
  await withholdInExample(api, 'NAV-2');
  for (const purpose of ['acknowledge', 'snooze', 'hand-over', 'done'] as const) {
    const told = words((await get(await path(purpose, { reminder: row.id }))).body);
    expect(told).toContain('NAV-2');
    expect(told).toContain('shown to those who may read it');
    expect(told).not.toMatch(/20\d\d|before the end|Time agreed/);
  }
  const { body } = await press(await path('snooze', { reminder: row.id }), { until: addDays(today(), 60) });
  expect(words(body)).toContain('It cannot be put off to that day.');
  expect(body).not.toMatch(/ max="/);
});

function preferences(changed: Record<string, string> = {}) {
  return {
    hour: '7',
    zone: 'Asia/Tokyo',
    digest: 'single',
    language: 'ja',
    country: 'JP',
    awayUntil: '',
    standIn: '',
    ...changed,
  };
}

describe('preferences', () => {
  const kept = async () =>
    (
      await sql<Record<string, unknown>>`
        select zone, hour, digest, language, country, away_until::text, stand_in, unsubscribed_at is not null as unsubscribed
          from contact where id = ${ids.me}`.execute(api.db)
    ).rows[0];

  test('are kept, shown as they are kept, and move what is planned', async () => {
    const url = await path('preferences', { contact: ids.me });
    const day = addDays(dayIn('Asia/Tokyo', api.clock.now()), 5);
    const { statusCode, body } = await press(url, preferences({ awayUntil: day, standIn: ids.mate }));
    expect([statusCode, words(body)]).toEqual([200, expect.stringContaining('Saved.')]);
    expect(await kept()).toEqual({
      zone: 'Asia/Tokyo',
      hour: 7,
      digest: false,
      language: 'ja',
      country: 'JP',
      away_until: day,
      stand_in: ids.mate,
      unsubscribed: false,
    });
    const shown = (await get(url)).body;
    for (const value of [
      'value="7" selected',
      'value="Asia/Tokyo"',
      'value="ja" selected',
      'value="JP" selected',
      `value="${ids.mate}" selected`,
      `value="${day}"`,
    ])
      expect(shown).toContain(value);
    expect(shown).toMatch(/value="single" checked/);
    // While they are away the stand-in is reminded.
    expect((await rowOf('WQ-1', 'overdue')).due_at).toMatch(/T22:00:00/);
  });

  test.each([
    ['hour', '24'],
    ['hour', ''],
    ['zone', 'Mars/Olympus'],
    ['zone', ''],
    ['language', 'xx'],
    ['country', 'ZZ'],
    ['country', 'JPN'],
    ['awayUntil', '2020-01-01'],
    ['awayUntil', '2999-01-01'],
    ['awayUntil', '2026-02-30'],
    ['awayUntil', 'soon'],
    ['standIn', 'other'],
    ['standIn', 'me'],
  ])(
    'with a %s of %j are refused beside the field, kept as they were, and shown as filled in',
    async (field, value) => {
      const before = await kept();
      const url = await path('preferences', { contact: ids.me });
      const { statusCode, body } = await press(url, preferences({ standIn: ids.mate, [field]: idOf(value) }));
      expect(statusCode).toBe(400);
      expect(body).toContain(`id="${field}-error"`);
      expect(body.match(/id="\w+-error"/g)).toHaveLength(1);
      expect(body).toMatch(/value="single" checked/);
      expect(await kept()).toEqual(before);
    },
  );

  test('for days away name a stand-in where there is a colleague', async () => {
    const url = await path('preferences', { contact: ids.me });
    const { body } = await press(url, preferences({ awayUntil: addDays(today(), 3) }));
    expect(body).toContain('id="standIn-error"');
  });

  test('that would put markup on the page put text there', async () => {
    const url = await path('preferences', { contact: ids.me });
    const { body } = await press(url, preferences({ zone: '"><script>alert(1)</script>' }));
    expect(body).not.toContain('<script');
  });

  test('say when mails were stopped, and take them up again', async () => {
    await press(await path('unsubscribe', { contact: ids.me }), { 'List-Unsubscribe': 'One-Click' });
    const url = await path('preferences', { contact: ids.me });
    expect((await get(url)).body).toContain('name="resume"');
    await press(url, preferences());
    expect(await kept()).toMatchObject({ unsubscribed: true });
    await press(url, preferences({ resume: 'yes' }));
    expect(await kept()).toMatchObject({ unsubscribed: false });
  });
});

describe('unsubscribing', () => {
  const stopped = async () =>
    (
      await sql<{
        at: string | null;
      }>`select unsubscribed_at as at from contact where id = ${ids.me}`.execute(api.db)
    ).rows[0]!.at;

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'a form in parts',
      'multipart/form-data; boundary="---x"',
      '-----x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n-----x--\r\n',
    ],
  ])(
    'works with one click of a mail program, sent as %s, and twice is once',
    async (_what, type, payload) => {
      const url = await path('unsubscribe', { contact: ids.me });
      const click = () => api.app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload });
      expect((await click()).statusCode).toBe(200);
      const first = await stopped();
      expect(first).not.toBeNull();
      expect((await click()).statusCode).toBe(200);
      expect(await stopped()).toBe(first);
    },
  );

  test('takes the words that RFC 8058 asks for', async () => {
    const url = await path('unsubscribe', { contact: ids.me });
    expect((await press(url)).statusCode).toBe(400);
    expect((await press(url, { 'List-Unsubscribe': 'Perhaps' })).statusCode).toBe(400);
    expect(await stopped()).toBeNull();
  });

  test('without a colleague who takes over says that what is due goes on coming, once a day', async () => {
    const url = await path('unsubscribe', { contact: ids.me });
    expect(words((await get(url)).body)).toContain('go on getting one mail a day');
    const { body } = await press(url, { 'List-Unsubscribe': 'One-Click' });
    expect(words(body)).toContain('Your wish is kept, and yet nobody else of your side can be reminded');
  });

  test.each([
    ['a stand-in', () => sql`update contact set stand_in = ${ids.mate} where id = ${ids.me}`],
    ['a secretariat', () => sql`update contact set role = 'secretariat' where id = ${ids.mate}`],
  ])('with %s says who gets it instead', async (_what, arrange) => {
    await arrange().execute(api.db);
    const url = await path('unsubscribe', { contact: ids.me });
    const { body } = await press(url, { 'List-Unsubscribe': 'One-Click' });
    expect(words(body)).toContain('What is meant for you goes to Jal Dev.');
  });
});
