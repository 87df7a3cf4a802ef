import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { PactaProcess } from '../support/pacta-process.js';

jest.setTimeout(90_000);

const mails: ParsedMail[] = [];
const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (stream, _session, done) => {
    simpleParser(stream).then((mail) => (mails.push(mail), done()), done);
  },
});

let folder: string;
let env: Record<string, string>;
let running: PactaProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pacta-e2e-'));
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  env = { DATA_DIR: join(folder, 'data'), PORT: '0', SMTP_URL: `smtp://127.0.0.1:${port}` };
});

afterAll(async () => {
  await running.end('SIGTERM');
  await new Promise<void>((resolve) => smtp.close(resolve));
  await rm(folder, { recursive: true });
});

const india = '/v1/dialogues/india-japan-economic-security/status';
const rivers = '/v1/dialogues/example-clean-rivers';

async function read<Answer>(address: string): Promise<Answer> {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

async function until<Value>(look: () => Value | undefined | Promise<Value | undefined>): Promise<Value> {
  for (let tries = 0; tries < 300; tries++) {
    const value = await look();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It did not come to pass within half a minute.\n${running.output}`);
}

const remindersOnRecord = async (address: string) => {
  const histories = ['WQ-1', 'WQ-2', 'NAV-2'].map((id) =>
    read<{ events: { type: string }[] }>(`${address}${rivers}/commitments/${id}/history`),
  );
  return (await Promise.all(histories))
    .flatMap(({ events }) => events)
    .filter(({ type }) => type === 'ReminderSent');
};

describe('on an empty folder, without any service beside it', () => {
  let address: string;
  let key: string;
  let sent: { readonly mails: number; readonly onRecord: number };

  test('it starts, says what it does, loads the founding record, and ends with what to try', async () => {
    running = new PactaProcess(env);
    address = await running.ready();
    expect(running.output).toMatch(
      /Creating a database[^]*Starting PostgreSQL 18[^]*Brought the database up to date/,
    );
    expect(running.output).toMatch(/Recorded the first round of the India–Japan dialogue/);
    expect(running.output).toMatch(/curl http:\/\/127\.0\.0\.1:\d+\/v1\//);
    key = /recorder, every dialogue +(pacta_\S+)/.exec(running.output)![1]!;
  });

  test('status can be polled, and costs a poller nothing while nothing changes', async () => {
    const first = await fetch(`${address}${india}`);
    expect(await first.json()).toMatchObject({ totals: { proposed: 7 }, focusAreas: { length: 8 } });
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^"\d+-\d{8}-\d\d"$/);
    const again = await fetch(`${address}${india}`, { headers: { 'if-none-match': tag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  test('a reminder is received by the mail server, with one recipient, as text and HTML', async () => {
    const mail = await until(() => mails.find(({ text }) => text?.includes('WQ-2')));
    expect(mail.to).toMatchObject({ text: expect.stringContaining('meera.nadi@mer.example') });
    expect(mail.text).toContain(`${address}/dialogues/example-clean-rivers/commitments/WQ-2`);
    expect(mail.html).toContain('WQ-2');
    // What is due is gathered in one mail for each of the two contacts; then nothing more comes.
    await until(async () => {
      const before = [mails.length, await remindersOnRecord(address)];
      await new Promise((resolve) => setTimeout(resolve, 2000));
      const after = [mails.length, await remindersOnRecord(address)];
      return mails.length >= 2 && JSON.stringify(before) === JSON.stringify(after);
    });
    sent = { mails: mails.length, onRecord: (await remindersOnRecord(address)).length };
    expect(sent.onRecord).toBeGreaterThanOrEqual(5);
  });

  test('a change is in every view when it is answered', async () => {
    const response = await fetch(`${address}${rivers}/focus-areas`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'ICE', names: { en: 'Ice' } }),
    });
    expect(response.status).toBe(201);
    const { focusAreas } = await read<{ focusAreas: { code: string }[] }>(`${address}${rivers}/status`);
    expect(focusAreas.map(({ code }) => code)).toContain('ICE');
  });

  test('SIGTERM ends everything, the database included, within ten seconds; a restart gives the same answers and sends nothing again', async () => {
    const before = await Promise.all([read(`${address}${india}`), read(`${address}${rivers}/status`)]);
    const since = Date.now();
    expect(await running.end('SIGTERM')).toBe(0);
    expect(Date.now() - since).toBeLessThan(10_000);
    expect(existsSync(join(env.DATA_DIR!, 'postgres', 'postmaster.pid'))).toBe(false);

    running = new PactaProcess(env);
    address = await running.ready();
    expect(running.output).not.toMatch(/Creating|Recorded|up to date/);
    expect(running.output).toContain(key);
    expect(await Promise.all([read(`${address}${india}`), read(`${address}${rivers}/status`)])).toEqual(
      before,
    );
    expect(mails).toHaveLength(sent.mails);
  });

  test('killed with kill -9, the next start recovers by itself and has everything that was acknowledged', async () => {
    const before = await read(`${address}${rivers}/status`);
    expect(await running.end('SIGKILL')).toBeNull();
    running = new PactaProcess(env);
    address = await running.ready();
    expect(await read(`${address}${rivers}/status`)).toEqual(before);
    expect(await remindersOnRecord(address)).toHaveLength(sent.onRecord);
    expect(mails).toHaveLength(sent.mails);
  });

  test('a key can be made beside it, on the command line', async () => {
    const made = new PactaProcess(env, ['dist/cli/main.js', 'key', 'create', '--role', 'recorder']);
    expect(await made.end()).toBe(0);
    const response = await fetch(`${address}/v1/organisations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.output.trim()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'secretariat', names: { en: 'Secretariat' }, kind: 'other' }),
    });
    expect(response.status).toBe(201);
  });

  test('a second one on the same folder is refused in one sentence', async () => {
    const second = new PactaProcess(env);
    expect(await second.end()).toBe(1);
    expect(second.output.trim()).toMatch(/^[^\n]*already running[^\n]*$/i);
  });

  test('the API describes itself as OpenAPI 3.1, with every route of commitments', async () => {
    const { openapi, paths } = await read<{ openapi: string; paths: object }>(`${address}/openapi.json`);
    expect(openapi).toMatch(/^3\.1\./);
    expect(Object.keys(paths)).toContain('/v1/dialogues/{dialogue}/commitments/{id}/history');
    expect((await fetch(`${address}/docs`)).status).toBe(200);
  });

  test('it answers for its health', async () => {
    expect(await read(`${address}/health/live`)).toEqual({ status: 'ok' });
    expect(await read(`${address}/health/ready`)).toMatchObject({ status: 'ok', parked: [] });
  });
});
