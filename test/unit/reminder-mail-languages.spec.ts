import type { ReminderKind } from '../../src/domain/reminder-turn.js';
import { mailLanguages } from '../../src/mail/reminder-content.js';
import { type ReminderContent, reminderMail } from '../../src/mail/reminder-mail.js';
import { stepInWords } from '../../src/mail/step-words.js';
import { item, readBy, reminder, seenIn, titled } from './mail-contents.js';

const both = titled(
  { en: 'Joint soil survey', ja: '共同土壌調査', hi: 'संयुक्त मृदा सर्वेक्षण' },
  { en: 'The two sides will survey.', ja: '双方は調査する。', hi: 'दोनों पक्ष सर्वेक्षण करेंगे।' },
);

function mailFor(language: ReminderContent['recipient']['language'], changes: Partial<ReminderContent> = {}) {
  return reminderMail({ ...reminder, commitment: both, recipient: readBy(language), ...changes });
}

test('a Japanese reader is told in Japanese, with dates as Japanese writes them', () => {
  const { subject, text, html } = mailFor('ja');
  expect(subject).toBe('ENV-3 共同土壌調査: 期限まで7日 (2026年3月31日)');
  expect(html).toContain('<html lang="ja" dir="ltr">');
  for (const form of [text, seenIn(html)]) expect(form).toContain('2026年3月31日火曜日');
  expect(text).toContain('双方は調査する。');
});

test('a Hindi reader is told in Hindi, with dates as Hindi writes them', () => {
  const { subject, text, html } = mailFor('hi', { daysLeft: -5 });
  expect(subject).toBe('ENV-3 संयुक्त मृदा सर्वेक्षण: नियत तिथि से 5 दिन का विलंब (नियत तिथि 31 मार्च 2026 थी)');
  expect(html).toContain('<html lang="hi" dir="ltr">');
  for (const form of [text, seenIn(html)]) expect(form).toContain('मंगलवार, 31 मार्च 2026');
});

test.each(['ja', 'hi'] as const)(
  '%s: both titles of the pair are shown, each marked as what it is',
  (language) => {
    const { text, html } = mailFor(language);
    expect(text).toContain(`ENV-3 ${both.titles[language]}\nJoint soil survey\n`);
    expect(html).toContain('<span lang="en" dir="ltr">Joint soil survey</span>');
  },
);

test('an English reader is shown the English title alone', () => {
  expect(mailFor('en').text).not.toContain('共同土壌調査');
});

test.each(mailLanguages)('%s: a draft says so in its foot, and checked words do not', (language) => {
  const { text } = mailFor(language);
  expect(text.split('\n-- \n')[1]!.includes('draft translation')).toBe(language !== 'en');
});

const persian = titled({ fa: 'پیمایش مشترک خاک' }, { fa: 'دو طرف پیمایش می‌کنند.' });

test('a title in none of the reader’s languages is shown as it is, with its language named and its direction kept', () => {
  const { text, html } = mailFor('en', { commitment: persian });
  expect(text).toContain('ENV-3 \u2068پیمایش مشترک خاک\u2069 (Persian)\n');
  expect(html).toMatch(/<span[^>]* lang="fa" dir="rtl">پیمایش مشترک خاک<\/span>/);
  expect(html).toMatch(/<blockquote[^>]* lang="fa" dir="rtl">/);
  expect(mailFor('ja', { commitment: persian }).text).toContain('（ペルシア語）');
});

test('direction marks stay out of the subject, where they could hide what stands beside them', () => {
  expect(mailFor('en', { commitment: persian }).subject).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
});

test('a translation is shown to those who read its language, marked by its standing and when it is outdated', () => {
  const translations = [
    { language: 'ja', title: '共同土壌調査', text: '双方は調査する。', standing: 'machine', outdated: true },
  ] as const;
  const commitment = { ...titled({ en: 'Joint soil survey' }), translations };
  const { text } = mailFor('ja', { commitment });
  expect(text).toContain('ENV-3 共同土壌調査（機械翻訳、以前の文言の翻訳）\nJoint soil survey\n');
  expect(mailFor('hi', { commitment }).text).toContain('ENV-3 Joint soil survey (अंग्रेज़ी)');
});

test('names that the record has in another language only are marked with it', () => {
  const { html } = mailFor('ja');
  expect(html).toContain('主担当は<span lang="en" dir="ltr">Survey Department</span>');
  expect(html).not.toContain('<span lang="ja"');
});

const kinds: readonly ReminderKind[] = [
  'due',
  'review',
  'silent',
  'confirm-text',
  'answer-extension',
  'attest',
  'escalation',
];

test.each(kinds.flatMap((kind) => (['ja', 'hi'] as const).map((language) => [kind, language] as const)))(
  '%s in %s says nothing in English but what the record has in no other language',
  (kind, language) => {
    const due = { ...item.due, words: { [language]: '2026' } };
    const undertakings = item.undertakings.map(({ leadNames: _lead, ...share }) => share);
    const commitment = { ...both, titles: { [language]: both.titles[language]! } };
    const asked = { partyNames: { en: 'India', ja: 'インド', hi: 'भारत' }, end: '2026-09-30' };
    const recipient = readBy(language, { name: '佐藤' });
    const { text } = mailFor(language, {
      kind,
      due,
      undertakings,
      commitment,
      asked,
      recipient,
      silentDays: 63,
    });
    const own = text.replaceAll(/https:\S+|ENV-3|Asia\/Tokyo|Pacta|draft translation|T-7/g, '');
    expect(own.match(/[A-Za-z]{2,}/g)).toBeNull();
  },
);

test.each(mailLanguages)('every step of a policy has words in %s', (language) => {
  const steps =
    `T-30 T-7 T-1 overdue overdue-3 week-1 week-8 month-1 review-1 silent-1 confirm-text-1 answer-extension-1 attest-1
    escalation-7 escalation-21 escalation-45 round-14`.split(/\s+/);
  const words = steps.map((step) => stepInWords(language, step));
  expect(new Set(words).size).toBe(steps.length);
  for (const [index, step] of steps.entries()) expect(words[index]).not.toContain(step);
});

test('a step that nobody has words for is named as it is', () => {
  expect(stepInWords('en', 'fortnight-2')).toBe('step fortnight-2');
});
