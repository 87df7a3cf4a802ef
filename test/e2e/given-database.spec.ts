import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { PactaProcess } from '../support/pacta-process.js';

jest.setTimeout(60_000);

let database: FreshDatabase;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'pacta-given-'));
  env = {
    DATABASE_URL: database.serviceUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: folder,
    PORT: '0',
  };
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function dialogues(address: string): Promise<unknown[]> {
  const answer = (await (await fetch(`${address}/v1/status`)).json()) as { dialogues: unknown[] };
  return answer.dialogues;
}

test('on a given database no examples are loaded and no keys are shown unless asked for', async () => {
  const api = new PactaProcess({ ...env, ROLE: 'api' });
  const worker = new PactaProcess({ ...env, ROLE: 'worker' });
  try {
    const address = await api.ready();
    expect(api.output).not.toContain('pacta_');
    expect(await dialogues(address)).toEqual([]);
    const health = await fetch(`${await worker.ready()}/health/ready`);
    expect(await health.json()).toEqual({ status: 'ok', parked: [] });

    const demo = new PactaProcess(env, ['dist/cli/main.js', 'demo']);
    expect(await demo.end()).toBe(0);
    expect(demo.output).toMatch(/recorder, every dialogue +pacta_\S+/);
    for (let tries = 0; tries < 100 && (await dialogues(address)).length < 2; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await dialogues(address)).toHaveLength(2);
  } finally {
    expect(await api.end('SIGTERM')).toBe(0);
    expect(await worker.end('SIGINT')).toBe(0);
  }
});

test('production has no examples and no demo keys, however it is asked', async () => {
  const demo = new PactaProcess({ ...env, NODE_ENV: 'production' }, ['dist/cli/main.js', 'demo']);
  expect(await demo.end()).toBe(1);
  expect(demo.output.trim()).toBe('Examples and demo keys are not for production.');
});

test('a key that was made on the command line works at once', async () => {
  const made = new PactaProcess(env, ['dist/cli/main.js', 'key', 'create', '--role', 'recorder']);
  expect(await made.end()).toBe(0);
  const api = new PactaProcess({ ...env, ROLE: 'api' });
  const address = await api.ready();
  const response = await fetch(`${address}/v1/organisations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${made.output.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ code: 'secretariat', names: { en: 'Secretariat' }, kind: 'other' }),
  });
  expect(response.status).toBe(201);
  expect(await api.end('SIGTERM')).toBe(0);
});
