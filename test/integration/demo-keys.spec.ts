import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from '../../src/identity/api-keys.js';
import { keepDemoKeys } from '../../src/records/demo-keys.js';
import { playDemo } from '../../src/records/demo.js';
import { openTestApi, type TestApi } from '../support/http.js';

let api: TestApi;
let keys: ApiKeys;
let file: string;

beforeAll(async () => {
  api = await openTestApi();
  keys = api.app.get(ApiKeys);
  const directory = await mkdtemp(join(tmpdir(), 'pacta-keys-'));
  api.ending.afterwards(() => rm(directory, { recursive: true }));
  file = join(directory, 'demo-keys.json');
  await playDemo(api.commands, api.db, api.clock.now(), () => undefined);
});
afterAll(() => api.ending.now());

describe('the demo keys', () => {
  test('are made once, kept for their owner only, and good for what they say', async () => {
    const made = await keepDemoKeys(keys, file);
    expect(await keepDemoKeys(keys, file)).toEqual(made);
    expect((await stat(file)).mode & 0o077).toBe(0);
    const status = async (who: string, path: string) => {
      const { key } = made.find(({ holder }) => holder.startsWith(who))!;
      return (await api.ask('POST', path, { key, body: {} })).status;
    };
    expect(await status('recorder', '/v1/organisations')).toBe(400);
    const focusAreas = '/v1/dialogues/example-clean-rivers/focus-areas';
    expect(await status('secretariat of Aldovia', focusAreas)).toBe(400);
    expect(await status('secretariat of Aldovia', '/v1/organisations')).toBe(403);
    expect(await status('desk officer of Merania', focusAreas)).toBe(403);
    const claims = '/v1/dialogues/example-clean-rivers/commitments/WQ-1/delivery-claims';
    expect(await status('desk officer of Aldovia', claims)).toBe(400);
    expect(await status('co-chair of Aldovia', claims)).toBe(403);
  });

  test('are made anew when those that are kept are of another database', async () => {
    const foreign = [{ holder: 'recorder', key: `pacta_${'0'.repeat(10)}_${'x'.repeat(32)}` }];
    await writeFile(file, JSON.stringify(foreign));
    const made = await keepDemoKeys(keys, file);
    expect(made).toHaveLength(7);
    expect(await keepDemoKeys(keys, file)).toEqual(made);
  });

  test('are made anew when they were made for fewer people', async () => {
    const made = await keepDemoKeys(keys, file);
    await writeFile(file, JSON.stringify(made.slice(0, 4)));
    expect(await keepDemoKeys(keys, file)).toHaveLength(7);
  });
});
