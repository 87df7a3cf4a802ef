import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PactaProcess } from '../support/pacta-process.js';

jest.setTimeout(60_000);

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'pacta-refused-'))));
afterAll(() => rm(folder, { recursive: true }));

/** The last line that a start with these settings prints, which is all that it may print beside its steps. */
async function refusal(env: Record<string, string>): Promise<string> {
  const refused = new PactaProcess({ DATA_DIR: join(folder, 'data'), ...env });
  expect(await refused.end()).toBe(1);
  expect(refused.output).not.toMatch(/\n\s+at |Error:/);
  return refused.output.trim().split('\n').at(-1)!;
}

test('every setting that cannot be used is named, all at once', async () => {
  const refused = new PactaProcess({
    PORT: '99999',
    ROLE: 'boss',
    SMTP_URL: 'mail',
    DATABASE_URL: 'mysql://x',
  });
  expect(await refused.end()).toBe(1);
  for (const name of ['PORT', 'ROLE', 'SMTP_URL', 'DATABASE_URL'])
    expect(refused.output).toContain(`- ${name} `);
  expect(refused.output).not.toMatch(/\n\s+at /);
});

test('a taken port', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await refusal({ PORT: String(port) })).toBe(
    `Port ${port} on 127.0.0.1 is taken; set PORT to another one.`,
  );
  await new Promise((resolve) => server.close(resolve));
});

test('a data directory that cannot be one', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  expect(await refusal({ DATA_DIR: join(file, 'data') })).toContain(join(file, 'data'));
});

test('a database that does not answer, without the password', async () => {
  const said = await refusal({ DATABASE_URL: 'postgres://pacta:hushhush@127.0.0.1:1/pacta' });
  expect(said).toMatch(/^The database pacta on 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/);
  expect(said).not.toContain('hushhush');
});

test('a Redis that does not answer, without the password', async () => {
  const said = await refusal({ REDIS_URL: 'redis://:hushhush@127.0.0.1:1', PORT: '0' });
  expect(said).toMatch(/^The Redis at 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/);
  expect(said).not.toContain('hushhush');
});
