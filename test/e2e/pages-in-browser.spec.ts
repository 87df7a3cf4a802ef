import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { type Browser, chromium } from 'playwright-core';
import { SIGNATURE_LENGTH } from '../../src/reminders/links.js';
import { eventually } from '../support/eventually.js';
import { PactaProcess } from '../support/pacta-process.js';

jest.setTimeout(90_000);

const executablePath = process.env.PACTA_TEST_CHROMIUM;
const inBrowser = executablePath ? describe : describe.skip;

inBrowser('pages in a browser (PACTA_TEST_CHROMIUM names it)', () => {
  let folder: string;
  let pacta: PactaProcess;
  let address: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pacta-browser-'));
    pacta = new PactaProcess({ DATA_DIR: join(folder, 'data'), PORT: '0' });
    address = await pacta.ready();
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await pacta.end('SIGTERM');
    await rm(folder, { recursive: true });
  });

  const pages = [
    '/',
    '/dialogues/example-clean-rivers/commitments?counted=open',
    '/dialogues/example-clean-rivers/commitments?counted=ended',
    // Overdue; verified; moved when it had passed; paused and asked to move; disputed; contested words; a stale
    // key; replaced; translated, amended and assessed.
    ...['WQ-2', 'FW-3', 'FW-4', 'NAV-3', 'NAV-4', 'NAV-5', 'SCI-4', 'WQ-4', 'WQ-5'].map(
      (id) => `/dialogues/example-clean-rivers/commitments/${id}`,
    ),
    '/dialogues/india-japan-economic-security/commitments/R1-7',
  ];
  const looks = [
    [360, 'light'],
    [360, 'dark'],
    [1200, 'light'],
    [1200, 'dark'],
  ] as const;

  const inEveryLook = (page: string) => looks.map((look) => [page, ...look] as const);

  /** Opens a page, and says what is wrong with how it looks. */
  async function faultsOf(url: string, width: number, colorScheme: 'light' | 'dark'): Promise<unknown[]> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      bypassCSP: true,
    });
    const page = await context.newPage();
    const complaints: unknown[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('requestfailed', (request) => complaints.push(request.url()));
    await page.goto(url);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (overflow !== 0) complaints.push(`It is ${String(overflow)} pixels too wide.`);
    await page.addScriptTag({ path: createRequire(__filename).resolve('axe-core') });
    const violations = await page.evaluate<string[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120))}`))',
    );
    await context.close();
    return [...complaints, ...violations];
  }

  test.each(pages.flatMap(inEveryLook))(
    '%s at %i pixels, %s: nothing is cut off, and axe finds nothing to complain of',
    async (path, width, colorScheme) => {
      expect(await faultsOf(`${address}${path}`, width, colorScheme)).toEqual([]);
    },
  );

  /** Address of the page for this purpose that a mail of the example leads to. */
  async function linkedFromMails(purpose: string): Promise<string> {
    const outbox = join(folder, 'data', 'outbox');
    for (const name of await readdir(outbox)) {
      const { text = '' } = await simpleParser(await readFile(join(outbox, name)));
      for (const [url, token] of text.matchAll(/https?:\/\/\S+\/reminders\/(\S+)/g)) {
        const said = Buffer.from(token!.slice(SIGNATURE_LENGTH), 'base64url').toString();
        if (said.startsWith(`${purpose}~`)) return url;
      }
    }
    throw new Error(`No mail leads to ${purpose}.`);
  }

  test.each(
    ['acknowledge', 'snooze', 'hand-over', 'done', 'preferences', 'unsubscribe'].flatMap(inEveryLook),
  )(
    'the page to which mails lead for %s at %i pixels, %s: nothing is cut off, and axe finds nothing to complain of',
    async (purpose, width, colorScheme) => {
      await eventually(async () => void (await linkedFromMails(purpose)));
      expect(await faultsOf(await linkedFromMails(purpose), width, colorScheme)).toEqual([]);
    },
  );

  test('everything works without JavaScript: from the front page to the history of a commitment by links alone', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('a[href*="example-clean-rivers"][href*="counted=overdue"]').first().click();
    await page.getByRole('link', { name: 'Yearly report on water quality' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    expect(page.url()).toBe(`${address}/dialogues/example-clean-rivers/commitments/WQ-2`);
    await context.close();
  });
});
