import { sql } from 'kysely';
import { countNames, type CountName } from '../../src/read-models/standing-today.js';
import { commitmentAnswers } from '../../src/read-models/commitment-answers.js';
import type { CommitmentAnswer } from '../../src/read-models/commitment-answer.js';
import { Grants } from '../../src/identity/grants.js';
import { rebuild } from '../../src/read-models/rebuild.js';
import { dialogueStatus, knownDialogues } from '../../src/read-models/status-answers.js';
import { readModels } from '../../src/read-models/views.js';
import { playDemo } from '../../src/records/demo.js';
import { openTestRecord, settled, type TestRecord } from '../support/open-record.js';

const desk = 'key-0123456789';
let record: TestRecord;

beforeAll(async () => {
  record = await openTestRecord();
  await playDemo(record.commands, record.db, record.clock.now(), () => undefined);
  const grants = new Grants(record.commands, record.views);
  await grants.give(desk, { role: 'desk-officer', party: 'MER', dialogue: 'example-clean-rivers' });
  await grants.give(desk, { role: 'co-chair', party: 'MER', expiresAt: '2100-01-01T00:00:00.000Z' });
  const gone = await grants.give(desk, { role: 'recorder' });
  await grants.takeBack(desk, gone, undefined);
  await settled(record);
});
afterAll(() => record.ending.now());

/** Every byte of every row of a view, and its checkpoints but for how often they were rebuilt. */
async function contents(model: (typeof readModels)[number]): Promise<string[]> {
  const dumps = model.tables.map(async (table) => {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t order by row`.execute(record.db);
    return [table, ...rows.map(({ row }) => row)];
  });
  const { rows } = await sql<{ row: string }>`
    select (to_jsonb(c) - 'rebuilds')::text as row from checkpoint c where subscription = ${model.name} order by row`.execute(
    record.db,
  );
  return [...(await Promise.all(dumps)).flat(), ...rows.map(({ row }) => row)];
}

test.each(readModels.map((model) => [model.name, model] as const))(
  '%s rebuilt from the log equals the live view, byte for byte, twice in a row',
  async (_name, model) => {
    const live = await contents(model);
    expect(live.length).toBeGreaterThan(model.tables.length + 3);
    for (let times = 1; times <= 2; times++) {
      await rebuild({ ownerUrl: record.ownerUrl, models: [model] });
      expect(await contents(model)).toEqual(live);
    }
  },
);

test('a rebuild does repair a view: what it says comes from the log alone', async () => {
  const [status] = readModels;
  const live = await contents(status!);
  await sql`update commitment_standing set status = 'verified'`.execute(record.db);
  await sql`delete from focus_area where code = 'WQ'`.execute(record.db);
  expect(await contents(status!)).not.toEqual(live);
  await rebuild({ ownerUrl: record.ownerUrl, models: [status!] });
  expect(await contents(status!)).toEqual(live);
});

/** The definitions of domain.md 8, spelt over the answer about one commitment. */
const isCounted: Record<CountName, (each: CommitmentAnswer) => boolean> = {
  proposed: ({ status }) => status === 'proposed',
  open: ({ status }) => ['agreed', 'in-progress', 'paused', 'delivery-claimed'].includes(status),
  onTrack: ({ health }) => health.is === 'on-track',
  atRisk: ({ health }) => health.is === 'at-risk',
  offTrack: ({ health }) => health.is === 'off-track',
  notReported: ({ health }) => health.is === 'not-reported',
  dueSoon: ({ timeliness }) => timeliness?.is === 'due-soon',
  overdue: ({ timeliness }) => timeliness?.is === 'overdue',
  noDate: ({ timeliness }) => timeliness?.is === 'no-calendar-date',
  claimed: ({ status }) => status === 'delivery-claimed',
  verified: ({ status }) => status === 'verified',
  disputed: ({ status, disputes }) =>
    disputes.some(({ settled }) => !settled) && !['withdrawn', 'superseded', 'lapsed'].includes(status),
  paused: ({ status }) => status === 'paused',
  withdrawn: ({ status }) => status === 'withdrawn',
  superseded: ({ status }) => status === 'superseded',
  lapsed: ({ status }) => status === 'lapsed',
  ended: ({ status }) => ['withdrawn', 'superseded', 'lapsed'].includes(status),
};

// Days around today, so that reports lapse, windows come near and pass.
test.each([0, 1, 6, 7, 13, 40, 75, 90, 100, 400])(
  'each count of the status is the number of commitments listed behind it, and of those it describes (in %i days)',
  async (days) => {
    const now = new Date(Date.now() + days * 86_400_000).toISOString();
    for (const known of await knownDialogues(record.db, now, undefined)) {
      const { totals, focusAreas } = await dialogueStatus(record.db, known);
      const all = await commitmentAnswers(record.db, known, { limit: 500 });
      for (const name of countNames) {
        const listed = await commitmentAnswers(record.db, known, { counted: name, limit: 500 });
        const described = all.filter(isCounted[name]);
        expect({ name, ids: listed.map(({ id }) => id) }).toEqual({
          name,
          ids: described.map(({ id }) => id),
        });
        expect({ name, count: totals[name] }).toEqual({ name, count: described.length });
        for (const { code, counts } of focusAreas) {
          const inArea = described.filter((each) => each.focusAreas.includes(code));
          expect({ name, code, count: counts[name] }).toEqual({ name, code, count: inArea.length });
        }
      }
    }
  },
);

test('a first look at the example shows every state of health', async () => {
  const known = (
    await knownDialogues(record.db, record.clock.now(), undefined, ['example-clean-rivers'])
  )[0]!;
  const { totals } = await dialogueStatus(record.db, known);
  expect(countNames.filter((name) => totals[name] === 0)).toEqual([]);
});

test('the founding record has eight focus areas and seven undertakings, agreed by nobody yet', async () => {
  const known = (
    await knownDialogues(record.db, record.clock.now(), undefined, ['india-japan-economic-security'])
  )[0]!;
  const { totals, focusAreas } = await dialogueStatus(record.db, known);
  expect(totals).toMatchObject({ proposed: 7, open: 0 });
  expect(Object.fromEntries(focusAreas.map(({ code, counts }) => [code, counts.proposed]))).toEqual({
    ESP: 2,
    SCR: 2,
    CRI: 2,
    CET: 2,
    STT: 1,
    ITR: 2,
    TAL: 2,
    HSR: 1,
  });
});

test('a script that was cut off goes on where it stopped, and played again changes nothing', async () => {
  const heads = () =>
    record.db.selectFrom('log_head').select(['log_id', 'position']).orderBy('log_id').execute();
  const before = await heads();
  const said: string[] = [];
  await playDemo(record.commands, record.db, record.clock.now(), (step) => said.push(step));
  expect(await heads()).toEqual(before);
  expect(said).toEqual([]);
});
