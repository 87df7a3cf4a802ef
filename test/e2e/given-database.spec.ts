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
    expect(await health.json()).toMatchObject({ status: 'ok', parked: [] });

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

/** What the command line prints; it must end well. */
async function pacta(...args: string[]): Promise<string> {
  const call = new PactaProcess(env, ['dist/cli/main.js', ...args]);
  expect([await call.end(), call.output]).toEqual([0, expect.any(String)]);
  return call.output.trim();
}

test('a key that was made on the command line works at once, is listed without its secret, and ends when it is revoked there', async () => {
  const api = new PactaProcess({ ...env, ROLE: 'api' });
  const address = await api.ready();
  const key = await pacta('key', 'create', '--role', 'recorder', '--note', 'import');
  const id = key.split('_')[1]!;
  const register = async (code: string) => {
    const response = await fetch(`${address}/v1/organisations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ code, names: { en: code }, kind: 'other' }),
    });
    return response.status;
  };
  expect(await register('secretariat')).toBe(201);

  const list = await pacta('key', 'list');
  expect(list).toMatch(new RegExp(`^${id} .* recorder .* import$`, 'm'));
  expect(list).not.toContain(key.split('_').slice(2).join('_'));

  expect(await pacta('key', 'revoke', id, '--reason', 'Lost')).toContain(id);
  expect(await register('bureau')).toBe(401);
  expect(await api.end('SIGTERM')).toBe(0);
});

test('people of an issuer are granted roles on the command line, and lose them there', async () => {
  const whom = ['--issuer', 'https://login.example.org', '--subject', 'meera'];
  const made = await pacta('grant', 'create', ...whom, '--role', 'auditor');
  const grant = made.split(' ').at(-1)!;
  expect(await pacta('grant', 'list')).toMatch(new RegExp(`^${grant} +auditor .* oidc-[0-9a-f]{64}$`, 'm'));
  await pacta('grant', 'revoke', grant);
  expect(await pacta('grant', 'list')).toMatch(
    new RegExp(`^${grant} .*\\d{4}-\\d\\d-\\d\\dT.* \\d{4}-`, 'm'),
  );
});

test.each([
  ['what is no key', ['key', 'revoke', '0123456789'], 'There is no key "0123456789"'],
  [
    'a dialogue that is not on record',
    ['key', 'create', '--role', 'recorder', '--dialogue', 'nowhere'],
    '--dialogue: There is no dialogue nowhere on record.',
  ],
])('the command line refuses %s and says what is at fault', async (_what, args, text) => {
  const call = new PactaProcess(env, ['dist/cli/main.js', ...args]);
  expect(await call.end()).toBe(1);
  expect(call.output).toContain(text);
  expect(call.output).not.toMatch(/^ +at /m);
});
