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
    const status = async (index: number, path: string) =>
      (await api.ask('POST', path, { key: made[index]!.key, body: {} })).status;
    expect(await status(0, '/v1/organisations')).toBe(400);
    expect(await status(1, '/v1/dialogues/example-clean-rivers/focus-areas')).toBe(400);
    expect(await status(1, '/v1/organisations')).toBe(403);
    expect(await status(3, '/v1/dialogues/example-clean-rivers/focus-areas')).toBe(403);
  });

  test('are made anew when those that are kept are of another database', async () => {
    const foreign = [{ holder: 'recorder', key: `pacta_${'0'.repeat(10)}_${'x'.repeat(32)}` }];
    await writeFile(file, JSON.stringify(foreign));
    const made = await keepDemoKeys(keys, file);
    expect(made).toHaveLength(4);
    expect(await keepDemoKeys(keys, file)).toEqual(made);
  });
});
