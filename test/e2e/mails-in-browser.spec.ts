import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { digestMail, reminderMail } from '../../src/mail/reminder-mail.js';
import {
  another,
  digestOf,
  item,
  overdue,
  readBy,
  reminder,
  titled,
  turnOf,
  withheld,
  withheldItem,
} from '../unit/mail-contents.js';

jest.setTimeout(60_000);

const executablePath = process.env.PACTA_TEST_CHROMIUM;
/** Where pictures of the mails are kept for someone to look at. */
const pictures = process.env.PACTA_TEST_PICTURES;
const inBrowser = executablePath ? describe : describe.skip;

const long = titled(
  {
    en: 'Shared early-warning mechanism for disruptions in the supply chains of critical minerals and semiconductors',
    ja: '重要鉱物及び半導体のサプライチェーンの途絶に関する早期警戒のための共同メカニズムの設置',
    hi: 'महत्वपूर्ण खनिजों और अर्धचालकों की आपूर्ति शृंखलाओं में व्यवधान के लिए साझा पूर्व-चेतावनी तंत्र',
  },
  {
    en: 'The two sides will set up, by the end of the fiscal year, a shared early-warning mechanism for disruptions in the supply chains of critical minerals and semiconductors, and name a contact each.',
    ja: '双方は、年度末までに、重要鉱物及び半導体のサプライチェーンの途絶に関する早期警戒のための共同メカニズムを設置し、それぞれ連絡先を指名する。',
    hi: 'दोनों पक्ष वित्त वर्ष के अंत तक महत्वपूर्ण खनिजों और अर्धचालकों की आपूर्ति शृंखलाओं में व्यवधान के लिए एक साझा पूर्व-चेतावनी तंत्र स्थापित करेंगे और एक-एक संपर्क नामित करेंगे।',
  },
);
const quarter = {
  ...item.due,
  words: { en: 'by Q1 2026', ja: '2026年第1四半期まで', hi: '2026 की पहली तिमाही तक' },
  precision: 'quarter',
  zones: ['Asia/Kolkata', 'Asia/Tokyo'],
};
const persian = titled(
  { fa: 'پیمایش مشترک خاک در سه ولسوالی' },
  { fa: 'دو طرف خاک سه ولسوالی آزمایشی را پیمایش می‌کنند.' },
);
const day = [
  another('ENV-3', { daysLeft: 7 }),
  another('SUP-1', {
    commitment: long,
    due: quarter,
    ...overdue,
    focusAreas: [{ code: 'SUP', names: { en: 'Supply chains', ja: 'サプライチェーン', hi: 'आपूर्ति शृंखला' } }],
  }),
  another('ENV-9', { kind: 'attest', step: 'attest-1', turn: turnOf('attest', 'JP'), commitment: persian }),
  withheldItem('k7m2p9xz'),
];

const mails = {
  'in seven days': reminderMail(reminder),
  overdue: reminderMail({ ...reminder, ...overdue, due: quarter, commitment: long, lateSince: '2026-03-30' }),
  'in Japanese': reminderMail({ ...reminder, recipient: readBy('ja'), commitment: long, due: quarter }),
  'in Hindi, overdue': reminderMail({
    ...reminder,
    ...overdue,
    recipient: readBy('hi', { party: 'IN' }),
    commitment: long,
    due: quarter,
  }),
  'with a Persian title': reminderMail({
    ...reminder,
    kind: 'attest',
    step: 'attest-1',
    turn: turnOf('attest', 'JP'),
    commitment: persian,
  }),
  escalation: reminderMail({
    ...reminder,
    kind: 'escalation',
    step: 'escalation-21',
    daysLeft: -21,
    turn: turnOf('deliver', 'IN'),
    recipient: readBy('en', { role: 'secretariat' }),
    dialogue: { ...reminder.dialogue, invented: true },
  }),
  withheld: reminderMail(withheld),
  digest: digestMail(digestOf(day))!,
  'digest in Japanese': digestMail(digestOf(day, { recipient: readBy('ja') }))!,
  'digest in Hindi': digestMail(digestOf(day, { recipient: readBy('hi', { party: 'IN' }) }))!,
};
const looks = [
  [360, 'light'],
  [360, 'dark'],
  [900, 'light'],
  [900, 'dark'],
] as const;

inBrowser('mails in a browser (PACTA_TEST_CHROMIUM names it)', () => {
  let browser: Browser;

  beforeAll(async () => {
    if (pictures) await mkdir(pictures, { recursive: true });
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(() => browser?.close());

  test.each(
    Object.entries(mails).flatMap(([name, { html }]) => looks.map((look) => [name, ...look, html] as const)),
  )(
    '%s at %i pixels, %s: nothing is cut off or fetched, and axe finds nothing to complain of',
    async (name, width, colorScheme, html) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.setContent(html);
      if (pictures) {
        await page.screenshot({
          path: join(pictures, `${name.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`),
          fullPage: true,
        });
      }
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
      await page.addScriptTag({ path: createRequire(__filename).resolve('axe-core') });
      const violations = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160))}`))',
      );
      expect(violations).toEqual([]);
      expect(requests).toEqual([]);
      await page.close();
    },
  );
});
