import type { CommandBus } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { readLog } from '../../src/event-store/read.js';
import { checkpointOf } from '../../src/event-store/checkpoint.js';
import { StorageUnavailable } from '../../src/event-store/storage-failure.js';
import { step } from '../../src/event-store/subscription.js';
import { type Process, subscriberFor } from '../../src/processes/process.js';
import { roundClosing } from '../../src/processes/round-closing.js';
import { focusAreaMerging } from '../../src/processes/focus-area-merging.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { acting } from '../support/acting.js';
import { openTestRecord } from '../support/open-record.js';
import { openTalks, type Talks } from '../support/talks.js';
import { until } from '../support/until.js';

let api: Talks;
beforeEach(async () => {
  api = await openTalks();
});
afterEach(async () => {
  const { rows } = await sql`select * from checkpoint where parked_at is not null`.execute(api.db);
  const troubles = [...api.troubles];
  await api.ending.now();
  expect([rows, troubles]).toEqual([[], []]);
});

const { ask, done, refused, read, history, propose, agreed } = acting(() => api);

const names = ['round-closing', 'due-resolution', 'focus-area-merging'];
const place = { zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };
const minutes = { sources: [{ document: 'minutes' }] };
const byNextRound = { due: { precision: 'next-round' } };

/**
 * Every process and view has handled all there is, also what the processes themselves have put on record. Asked in one
 * statement: a process that has moved on has also put on record what followed.
 */
const settled = () =>
  until(async () => {
    const { rows } = await sql<{ position: number }>`
      select position from log_head
       where log_id = 'talks'
         and position = all(select coalesce(c.position, 0) from unnest(${names}::text[]) as process (name)
                              left join checkpoint c on c.subscription = process.name and c.log_id = 'talks')`.execute(
      api.db,
    );
    return rows[0] !== undefined && (await api.views.haveReached('talks', rows[0].position, 5000));
  });

async function head(): Promise<number> {
  const { position } = await api.db
    .selectFrom('log_head')
    .select('position')
    .where('log_id', '=', 'talks')
    .executeTakeFirstOrThrow();
  return position;
}

/** How often each commitment has an event of this type. */
async function counted(type: string) {
  const { rows } = await sql<{ stream_id: string; n: number }>`
    select stream_id, count(*) as n from event where type = ${type} group by stream_id order by stream_id`.execute(
    api.db,
  );
  return Object.fromEntries(rows.map(({ stream_id, n }) => [stream_id.replace('commitment-', ''), n]));
}

/** Sets the log aside for a process, as after a failure, so that a test can go its steps by hand. */
const setAside = (name: string) =>
  sql`insert into checkpoint (subscription, log_id, position, parked_at) values (${name}, 'talks', 0, now())
      on conflict (subscription, log_id) do update set parked_at = now()`.execute(api.db);

/** What a process that starts does first. */
const takeUp = (name: string) =>
  sql`update checkpoint set parked_at = null where subscription = ${name}`.execute(api.db);

const putBack = (name: string, position = 0) =>
  sql`update checkpoint set position = ${position} where subscription = ${name}`.execute(api.db);

/** A command bus of a process that is killed after `commands` of its commands have been carried out. */
function dyingAfter(commands: number): CommandBus {
  let left = commands;
  return {
    execute: (command: never) =>
      left-- > 0 ? api.commands.execute(command) : Promise.reject(new Error('killed')),
  } as unknown as CommandBus;
}

/** Goes on along the log that was set aside, as a process that is killed on the way. */
async function die(process: Process, commands: CommandBus): Promise<void> {
  const events = await readLog(api.db, 'talks', await checkpointOf(api.db, process.name, 'talks'), 500);
  const handled = api.db
    .transaction()
    .execute((tx) => subscriberFor(process, commands).handle('talks', events, tx));
  await expect(handled).rejects.toThrow('killed');
}

const heldRound = async (number: number, month: string) => {
  await done('POST', 'rounds', { number, plannedFor: month, ...place });
  await done('PUT', `rounds/${number}/holding`, { on: `${month}-10` });
};
const closed = (number: number, on: string, lapsed: string[] = []) =>
  done('PUT', `rounds/${number}/close`, { on, lapsed });

const five = ['A', 'B', 'C', 'D', 'E'];

describe('the close of a round', () => {
  test('carries over what stays open and lets lapse what was named, by the system, under the same identity', async () => {
    await heldRound(1, '2025-02');
    for (const id of five) await agreed(id, { round: 1 });
    await done('PUT', 'commitments/E/withdrawal', { party: 'IN', reason: 'Not needed' }, api.secretariat.IN);
    await done('PUT', 'commitments/E/withdrawal', { party: 'JP', reason: 'Not needed' }, api.secretariat.JP);
    await closed(1, '2025-02-28', ['D']);
    await settled();
    expect(await counted('CommitmentCarriedOver')).toEqual({ A: 1, B: 1, C: 1 });
    expect(await counted('CommitmentLapsed')).toEqual({ D: 1 });
    expect((await history('A')).at(-1)).toMatchObject({
      type: 'CommitmentCarriedOver',
      data: { round: 1 },
      occurredOn: '2025-02-28',
      actor: { id: 'process-round-closing', role: 'system' },
    });
    expect((await history('D')).at(-1)).toMatchObject({
      type: 'CommitmentLapsed',
      actor: { role: 'system' },
    });
    expect(await read('commitments/D')).toMatchObject({ status: 'lapsed' });
    expect(await read('status')).toMatchObject({
      totals: { open: 3, lapsed: 1, withdrawn: 1 },
    });

    await heldRound(2, '2025-08');
    await closed(2, '2025-08-31');
    await settled();
    expect(await counted('CommitmentCarriedOver')).toEqual({ A: 2, B: 2, C: 2 });
    expect(await read('commitments/A')).toMatchObject({ id: 'A', status: 'agreed', carriedOver: [1, 2] });
    expect(((await read('commitments')) as { commitments: object[] }).commitments).toHaveLength(5);
  });

  test.each([0, 1, 2, 4])(
    'is carried out once by a process that died after %d commands and one that started after it',
    async (commands) => {
      await heldRound(1, '2025-02');
      for (const id of five) await agreed(id, { round: 1 });
      await setAside('round-closing');
      await closed(1, '2025-02-28', ['D']);
      const before = await head();
      await die(roundClosing, dyingAfter(commands));
      // One that is killed may still see its last commands through.
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect((await head()) - before).toBe(commands);
      await takeUp('round-closing');
      await settled();
      expect(await counted('CommitmentCarriedOver')).toEqual({ A: 1, B: 1, C: 1, E: 1 });
      expect(await counted('CommitmentLapsed')).toEqual({ D: 1 });
    },
  );

  test('is left where it is by a process that is to end, and gone on with by the next', async () => {
    await heldRound(1, '2025-02');
    for (const id of five) await agreed(id, { round: 1 });
    await setAside('round-closing');
    await closed(1, '2025-02-28', ['D']);
    let isEnding = false;
    const commands = {
      execute: (command: never) => {
        isEnding = true;
        return api.commands.execute(command);
      },
    } as unknown as CommandBus;
    const events = await readLog(api.db, 'talks', await checkpointOf(api.db, 'round-closing', 'talks'), 500);
    const handled = api.db
      .transaction()
      .execute((tx) => subscriberFor(roundClosing, commands, () => isEnding).handle('talks', events, tx));
    await expect(handled).rejects.toThrow(StorageUnavailable);
    expect(await counted('CommitmentLapsed')).toEqual({});
    await takeUp('round-closing');
    await settled();
    expect(await counted('CommitmentCarriedOver')).toEqual({ A: 1, B: 1, C: 1, E: 1 });
    expect(await counted('CommitmentLapsed')).toEqual({ D: 1 });
  });

  test('is carried out once by two processes at once, and by two that both believe it is theirs', async () => {
    const second = await openTestRecord({}, api);
    await heldRound(1, '2025-02');
    for (const id of five) await agreed(id, { round: 1 });
    await closed(1, '2025-02-28', ['D']);
    await settled();
    const events = await api.db.selectFrom('event').select('entry').orderBy('position').execute();
    const closing = events.map(({ entry }) => JSON.parse(entry)).find(({ type }) => type === 'RoundClosed');
    await heldRound(2, '2025-08');
    const other = {
      ...closing,
      id: 'another-event',
      stream: 'round-2',
      data: { ...closing.data, lapsed: [] },
    };
    await setAside('round-closing');
    await closed(2, '2025-08-31');
    await Promise.all(
      [api.commands, second.commands, api.commands].map((commands) =>
        api.db
          .transaction()
          .execute((tx) => subscriberFor(roundClosing, commands).handle('talks', [other as never], tx)),
      ),
    );
    await takeUp('round-closing');
    await settled();
    await second.ending.now();
    expect(await counted('CommitmentCarriedOver')).toEqual({ A: 2, B: 2, C: 2, E: 2 });
    expect(await counted('CommitmentLapsed')).toEqual({ D: 1 });
    expect(second.troubles).toEqual([]);
  });

  test('is not carried out again where a checkpoint is put back, whatever has happened since', async () => {
    await heldRound(1, '2025-02');
    for (const id of five) await agreed(id, { round: 1 });
    await closed(1, '2025-02-28', ['D']);
    await settled();
    await done('POST', 'commitments/D/reopenings', {
      due: { precision: 'none' },
      reason: 'Wanted after all',
      ...minutes,
    });
    await settled();
    const before = await head();
    for (const name of names) await putBack(name);
    await settled();
    expect(await head()).toBe(before);
    expect(await read('commitments/D')).toMatchObject({ status: 'in-progress', carriedOver: [] });
  });

  test('leaves alone what has gone another way since, and goes on with the rest', async () => {
    await heldRound(1, '2025-02');
    for (const id of five) await agreed(id, { round: 1 });
    await setAside('round-closing');
    await closed(1, '2025-02-28', ['D']);
    for (const id of ['B', 'D'])
      for (const party of ['IN', 'JP'] as const)
        await done(
          'PUT',
          `commitments/${id}/withdrawal`,
          { party, reason: 'Not needed' },
          api.secretariat[party],
        );
    await takeUp('round-closing');
    await settled();
    expect(await counted('CommitmentCarriedOver')).toEqual({ A: 1, C: 1, E: 1 });
    expect(await counted('CommitmentLapsed')).toEqual({});
    expect(await read('commitments/D')).toMatchObject({ status: 'withdrawn' });
  });

  test('reaches a commitment that others keep writing to at the same moment', async () => {
    await heldRound(1, '2025-02');
    await agreed('A', { round: 1 });
    await setAside('round-closing');
    await closed(1, '2025-02-28');
    let over = false;
    const busy = async () => {
      while (!over)
        await ask('POST', 'commitments/A/progress-reports', { party: 'JP', health: 'on-track' }, api.desk);
    };
    const writers = Array.from({ length: 12 }, busy);
    await takeUp('round-closing');
    await until(async () => (await counted('CommitmentCarriedOver'))['A'] === 1);
    over = true;
    await Promise.all(writers);
    await settled();
    expect(await counted('CommitmentCarriedOver')).toEqual({ A: 1 });
  });
});

describe('"by the next round"', () => {
  const due = async (id = 'A') => {
    await settled();
    const { due: current, dueHistory } = await read(`commitments/${id}`);
    return { ends: (current as { window?: { end: string } }).window?.end, history: dueHistory as never } as {
      ends: string | undefined;
      history: {
        baseline: { window?: { end: string } };
        changes: { how: string; due: { window?: { end: string } } }[];
      };
    };
  };
  const scheduled = (number: number, plannedFor: string) =>
    done('POST', 'rounds', { number, plannedFor, ...place });
  const rescheduled = (number: number, plannedFor: string) =>
    done('POST', `rounds/${number}/reschedulings`, { plannedFor, reason: 'Hall taken' });

  test('is a day when the round is scheduled, another when it moves, none when it is postponed, and the next one’s when it is cancelled', async () => {
    await agreed('A', byNextRound);
    expect(await read('commitments/A')).toMatchObject({ timeliness: { is: 'no-calendar-date' } });
    await scheduled(1, '2099-03-10');
    expect((await due()).ends).toBe('2099-03-09');
    await rescheduled(1, '2099-04-20');
    expect((await due()).ends).toBe('2099-04-19');
    await done('POST', 'rounds/1/postponements', { reason: 'Elections' });
    expect((await due()).ends).toBeUndefined();
    await rescheduled(1, '2099-05');
    expect((await due()).ends).toBe('2099-04-30');
    await scheduled(2, '2099-09-01');
    expect((await due()).ends).toBe('2099-04-30');
    await done('PUT', 'rounds/1/cancellation', { reason: 'No agenda' });
    const { ends, history: all } = await due();
    expect(ends).toBe('2099-08-31');
    expect(all.baseline.window?.end).toBe('2099-03-09');
    expect(all.changes.map(({ how, due: { window } }) => [how, window?.end])).toEqual([
      ['agreed', undefined],
      ['resolved', '2099-03-09'],
      ['resolved', '2099-04-19'],
      ['resolved', undefined],
      ['resolved', '2099-04-30'],
      ['resolved', '2099-08-31'],
    ]);
    expect((await history('A')).at(-1)).toMatchObject({
      actor: { id: 'process-due-resolution', role: 'system' },
    });
  });

  test('is the day before it was held, where it was held without a new date or on another day', async () => {
    await agreed('A', byNextRound, { occurredOn: '2025-01-02' });
    await scheduled(1, '2025-02');
    expect((await due()).ends).toBe('2025-01-31');
    await done('POST', 'rounds/1/postponements', { reason: 'Elections' });
    expect((await due()).ends).toBeUndefined();
    await done('PUT', 'rounds/1/holding', { on: '2025-04-10' });
    expect((await due()).ends).toBe('2025-04-09');
    // What came after is another round's business.
    await scheduled(2, '2099-01');
    expect((await due()).ends).toBe('2025-04-09');
  });

  test('is known at once where the round stands already: for a proposal, a date that is set, an extension, a reopening', async () => {
    await scheduled(1, '2099-03-10');
    await propose('A', byNextRound);
    expect((await due('A')).ends).toBe('2099-03-09');
    await agreed('B');
    await done('PUT', 'commitments/B/due-date', { ...byNextRound, ...minutes });
    expect((await due('B')).ends).toBe('2099-03-09');
    await agreed('C', { due: { precision: 'day', day: '2026-01-31' } });
    await done(
      'POST',
      'commitments/C/extension-requests',
      { party: 'JP', ...byNextRound, reasonCode: 'counterpart-not-ready' },
      api.desk,
    );
    expect((await due('C')).ends).toBe('2026-01-31');
    await done('POST', 'commitments/C/extension-grants', { party: 'IN' }, api.secretariat.IN);
    const { ends, history: all } = await due('C');
    expect([ends, all.baseline.window?.end, all.changes.map(({ how }) => how)]).toEqual([
      '2099-03-09',
      '2026-01-31',
      ['agreed', 'extended', 'resolved'],
    ]);
    for (const party of ['IN', 'JP'] as const)
      await done('PUT', 'commitments/C/withdrawal', { party, reason: 'Not needed' }, api.secretariat[party]);
    await rescheduled(1, '2099-06-10');
    expect((await due('C')).ends).toBe('2099-03-09');
    await done('POST', 'commitments/C/reopenings', { ...byNextRound, reason: 'Needed', ...minutes });
    expect((await due('C')).ends).toBe('2099-06-09');
  });

  test('is resolved once, whatever is repeated', async () => {
    await agreed('A', byNextRound);
    await scheduled(1, '2099-03-10');
    await settled();
    await rescheduled(1, '2099-04-10');
    await settled();
    await putBack('due-resolution');
    await settled();
    expect(await counted('DueDateResolved')).toEqual({ A: 2 });
    expect((await due()).ends).toBe('2099-04-09');
  });

  test('is reminded of by the date that holds: a round that moves cancels what was planned and plans anew', async () => {
    await agreed('A', byNextRound);
    await done(
      'PUT',
      'contacts/desk',
      { name: 'Desk', address: 'desk@jp.example', zone: 'Asia/Tokyo', hour: 9 },
      api.secretariat.JP,
    );
    const planned = async () => {
      await settled();
      while ((await step(api.db, reminderPlanning, 'talks')).outcome === 'moved');
      const { rows } = await sql<{ state: string; due_version: number; step: string; due_at: string }>`
        select state, due_version, step, due_at from reminder
         where commitment = 'A' and kind = 'due' and step in ('T-30', 'T-7', 'T-1', 'overdue')
         order by due_version, due_at`.execute(api.db);
      return rows.map(
        ({ state, due_version, step: name, due_at }) =>
          `${state} ${due_version} ${name} ${due_at.slice(0, 10)}`,
      );
    };
    expect(await planned()).toEqual([]);
    await scheduled(1, '2099-03-11');
    const first = await planned();
    // Nine in Tokyo is midnight in UTC; 8 February 2099 is a Sunday. It is counted to a day that nobody named: no T-1.
    expect(first).toEqual([
      'planned 3 T-30 2099-02-06',
      'planned 3 T-7 2099-03-03',
      'planned 3 overdue 2099-03-11',
    ]);
    await rescheduled(1, '2099-06-11');
    const second = await planned();
    expect(second.slice(0, 3)).toEqual(first.map((each) => each.replace('planned', 'cancelled')));
    expect(second.slice(3).map((each) => each.split(' ').slice(0, 3).join(' '))).toEqual([
      'planned 4 T-30',
      'planned 4 T-7',
      'planned 4 overdue',
    ]);
    await done('POST', 'rounds/1/postponements', { reason: 'Elections' });
    expect((await planned()).every((each) => each.startsWith('cancelled'))).toBe(true);
  });
});

describe('the merger of a focus area', () => {
  const areas = async () => {
    const { focusAreas } = (await read('status')) as {
      focusAreas: { code: string; counts: { proposed: number; open: number } }[];
    };
    return Object.fromEntries(focusAreas.map(({ code, counts }) => [code, [counts.proposed, counts.open]]));
  };
  beforeEach(async () => {
    for (const code of ['AI', 'TECH', 'X']) await done('POST', 'focus-areas', { code, names: { en: code } });
    await propose('A', { focusAreas: ['AI'] });
    await agreed('B', { focusAreas: ['SC', 'AI', 'X'] });
    await agreed('C', { focusAreas: ['AI', 'TECH'] });
    await agreed('D', { focusAreas: ['SC'] });
  });

  test('takes everything that was grouped under it along, once, and leaves the other areas as they were', async () => {
    await done('PUT', 'focus-areas/AI/merger', { into: 'TECH' });
    await settled();
    expect(await counted('CommitmentMovedToFocusArea')).toEqual({ A: 1, B: 1, C: 1 });
    for (const [id, focusAreas] of [
      ['A', ['TECH']],
      ['B', ['SC', 'TECH', 'X']],
      ['C', ['TECH']],
      ['D', ['SC']],
    ] as const)
      expect(await read(`commitments/${id}`)).toMatchObject({ focusAreas });
    expect(await areas()).toMatchObject({ TECH: [1, 2], SC: [0, 2], X: [0, 1] });
    expect((await history('B')).at(-1)).toMatchObject({
      data: { from: ['SC', 'AI', 'X'], to: ['SC', 'TECH', 'X'] },
      actor: { id: 'process-focus-area-merging' },
    });
    await putBack('focus-area-merging');
    await settled();
    expect(await counted('CommitmentMovedToFocusArea')).toEqual({ A: 1, B: 1, C: 1 });
  });

  test('is finished by the process that starts after one that died half-way', async () => {
    await setAside('focus-area-merging');
    await done('PUT', 'focus-areas/AI/merger', { into: 'TECH' });
    await die(focusAreaMerging(api.runner.streams), dyingAfter(1));
    await takeUp('focus-area-merging');
    await settled();
    expect(await counted('CommitmentMovedToFocusArea')).toEqual({ A: 1, B: 1, C: 1 });
  });

  test('does not tie what stays grouped under it: an area that has ended may be kept beside another', async () => {
    await done('PUT', 'focus-areas/X/retirement', { reason: 'Done with' });
    await done('PUT', 'commitments/B/focus-areas', { focusAreas: ['X', 'TECH'] });
    expect(await refused('PUT', 'commitments/C/focus-areas', { focusAreas: ['TECH', 'X'] })).toEqual([
      409,
      'focus-area-ended',
      '/focusAreas/1',
    ]);
  });

  test('follows a second merger to where it leads', async () => {
    await done('PUT', 'focus-areas/AI/merger', { into: 'X' });
    await done('PUT', 'focus-areas/X/merger', { into: 'TECH' });
    await settled();
    for (const [id, focusAreas] of [
      ['A', ['TECH']],
      ['B', ['SC', 'TECH']],
      ['C', ['TECH']],
    ] as const)
      expect(await read(`commitments/${id}`)).toMatchObject({ focusAreas });
  });
});
