import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { createHttpApplication } from '../../src/http/http-application.js';
import { playDemo } from '../../src/records/demo.js';
import { openTestRecord, settled, type TestRecord } from '../support/open-record.js';

let record: TestRecord;
let app: NestFastifyApplication;

beforeAll(async () => {
  record = await openTestRecord();
  app = await createHttpApplication(AppModule.for('api', record), 'error');
  record.ending.afterwards(() => app.close());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await playDemo(record.commands, record.db, record.clock.now(), () => undefined);
  await settled(record);
});
afterAll(() => record.ending.now());

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url, headers });

/** Addresses that a page links to on this service, each once. */
function linksOf(html: string): string[] {
  const links = [...html.matchAll(/href="(\/[^"#]*)/g)].map(([, address]) =>
    address!.replaceAll('&amp;', '&'),
  );
  return [...new Set(links)].filter((address) => !/^\/(docs|v1)\b/.test(address));
}

test('every link of every page leads somewhere, and no page runs or sends anything', async () => {
  const seen = new Map<string, string>();
  const ahead = ['/'];
  for (let address = ahead.pop(); address; address = ahead.pop()) {
    if (seen.has(address)) continue;
    const { statusCode, headers, body } = await get(address);
    expect([address, statusCode]).toEqual([address, 200]);
    seen.set(address, body);
    if (/html/.test(String(headers['content-type']))) ahead.push(...linksOf(body));
  }
  const addresses = [...seen.keys()];
  expect(addresses).toContain('/dialogues/india-japan-economic-security/commitments/R1-7');
  expect(addresses).toContain('/dialogues/example-clean-rivers/commitments?focusArea=WQ&counted=overdue');
  expect([...seen.values()].filter((body) => /<script|<form|style="|javascript:/i.test(body))).toEqual([]);
});

test('what took the place of another links to it and is linked from it; what is withheld has no page', async () => {
  const of = async (id: string) => get(`/dialogues/example-clean-rivers/commitments/${id}`);
  expect((await of('WQ-4')).body).toContain(
    '<a href="/dialogues/example-clean-rivers/commitments/WQ-5">WQ-5 <',
  );
  expect((await of('WQ-5')).body).toContain(
    '<a href="/dialogues/example-clean-rivers/commitments/WQ-4">WQ-4 <',
  );
  expect((await of('FW-5')).statusCode).toBe(404);
  const { body } = await get('/dialogues/example-clean-rivers/commitments');
  expect(body).not.toContain('FW-5');
});

test('a number on the front page is the number of commitments behind it', async () => {
  const { body } = await get('/');
  const numbers = [...body.matchAll(/href="([^"]+counted=[^"]+)" aria-label="(\d+):/g)];
  expect(numbers.length).toBeGreaterThan(30);
  for (const [, address, number] of numbers) {
    const list = await get(address!.replaceAll('&amp;', '&'));
    expect([address, list.body.match(/<th scope="row"/g)]).toEqual([
      address,
      Array<string>(Number(number)).fill('<th scope="row"'),
    ]);
  }
});

test('what never happened stands after what did, and every page about it says so', async () => {
  const { body } = await get('/');
  expect(body.indexOf('id="example-clean-rivers"')).toBeGreaterThan(
    body.indexOf('id="india-japan-economic-security"'),
  );
  expect(body.match(/Invented example\./g)).toHaveLength(1);
  const of = async (address: string) => /Invented example\./.test((await get(address)).body);
  expect(await of('/dialogues/example-clean-rivers/commitments')).toBe(true);
  expect(await of('/dialogues/example-clean-rivers/commitments/FW-2')).toBe(true);
  expect(await of('/dialogues/india-japan-economic-security/commitments/R1-1')).toBe(false);
});

test('a page runs nothing, is not embedded, and is sent once', async () => {
  const { headers } = await get('/');
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const again = await get('/', { 'if-none-match': String(headers.etag) });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

test('the style sheet is kept for ever under its own version only', async () => {
  const { body } = await get('/');
  const [address] = /\/style\.css\?v=\w+/.exec(body)!;
  expect((await get(address)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await get('/style.css?v=other')).headers['cache-control']).toBe('no-cache');
});

test.each([
  ['/dialogues/nowhere/commitments', 404],
  ['/dialogues/example-clean-rivers/commitments/NONE-1', 404],
  ['/dialogues/example-clean-rivers/commitments/%00', 404],
  ['/dialogues/%3Cscript%3E/commitments', 404],
  ['/dialogues/example-clean-rivers/commitments?focusArea=NONE', 404],
  ['/dialogues/example-clean-rivers/commitments?counted=everything', 400],
  ['/dialogues/example-clean-rivers/commitments?counted=open&shared=1', 200],
])('%s is answered %i, as a page', async (address, status) => {
  const { statusCode, headers, body } = await get(address);
  expect([statusCode, headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
  expect(body).toMatch(/^<!doctype html>/);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});
