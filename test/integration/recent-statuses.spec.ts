import { RecentStatuses } from '../../src/read-models/recent-statuses.js';
import { knownDialogue } from '../../src/read-models/status-answers.js';
import { openTalks, type Talks } from '../support/talks.js';

let api: Talks;

beforeAll(async () => {
  api = await openTalks();
});
afterAll(() => api.ending.now());

const now = '2026-11-26T00:00:00Z';
const known = async (reader?: Parameters<typeof knownDialogue>[3]) =>
  (await knownDialogue(api.db, 'talks', now, reader))!;

describe('a status', () => {
  test('is counted once for all who ask for the same, and anew where the view has moved on', async () => {
    const statuses = new RecentStatuses(api.db);
    const before = await known();
    const [first, again] = [statuses.of(before), statuses.of(await known())];
    expect(again).toBe(first);
    expect(await first).toMatchObject({ dialogue: 'talks', position: before.position });
    const moved = statuses.of({ ...before, position: before.position + 1 });
    expect(moved).not.toBe(first);
    await moved;
  });

  test('is never that of a reader who may see something else', async () => {
    const statuses = new RecentStatuses(api.db);
    const anyone = statuses.of(await known());
    const secretariat = statuses.of(await known({ role: 'secretariat', party: 'IN' }));
    expect(secretariat).not.toBe(anyone);
    await Promise.all([anyone, secretariat]);
  });

  test('that could not be counted is counted again', async () => {
    const asked = await known();
    const statuses = new RecentStatuses(api.db);
    const broken = { ...asked, now: 'no instant' };
    await expect(statuses.of(broken)).rejects.toThrow();
    expect(await statuses.of(asked)).toMatchObject({ dialogue: 'talks' });
  });
});
