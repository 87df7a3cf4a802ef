import { type ReminderContent, reminderMail } from '../../src/mail/reminder-mail.js';

const reminder: ReminderContent = {
  recipient: { name: 'Haruka Sato', party: 'JP', partyName: 'Japan', zone: 'Asia/Tokyo' },
  step: 'T-7',
  commitment: {
    id: 'ENV-3',
    title: 'Joint soil survey',
    text: 'The two sides will survey the soil of three pilot districts.',
    url: 'https://pacta.example.org/dialogues/river-and-soil/commitments/ENV-3',
  },
  dialogue: { slug: 'river-and-soil', title: 'River and Soil Dialogue', invented: false },
  focusAreas: ['Environment'],
  due: { words: 'by 31 March 2026', end: '2026-03-31', precision: 'day' },
  daysLeft: 7,
  undertakings: [{ partyName: 'India', lead: 'Survey Department' }, { partyName: 'Japan' }],
  why: 'You are the focal point for this commitment; focal points are reminded 7 days ahead.',
};

/** The mail for the reminder above with some of it changed. */
function mailFor(changes: Partial<ReminderContent>) {
  return reminderMail({ ...reminder, ...changes });
}

/** Text as a reader of the HTML sees it. */
function seenIn(html: string): string {
  return html
    .replace(/<(style|title)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('the subject', () => {
  const coarse = { words: 'by Q1 2026', end: '2026-03-31', precision: 'quarter' };

  test.each<[ReminderContent['step'], number, string]>([
    ['T-30', 30, 'ENV-3 Joint soil survey: due in 30 days (31 March 2026)'],
    ['T-7', 7, 'ENV-3 Joint soil survey: due in 7 days (31 March 2026)'],
    ['T-1', 1, 'ENV-3 Joint soil survey: due tomorrow (31 March 2026)'],
    ['T-1', 0, 'ENV-3 Joint soil survey: due today (31 March 2026)'],
    ['overdue', -1, 'ENV-3 Joint soil survey: 1 day overdue (was due 31 March 2026)'],
    ['overdue', -5, 'ENV-3 Joint soil survey: 5 days overdue (was due 31 March 2026)'],
  ])('of %s with %i days left', (step, daysLeft, subject) => {
    expect(mailFor({ step, daysLeft }).subject).toBe(subject);
  });

  test('counts from the day of sending, not from the step that was planned', () => {
    expect(mailFor({ step: 'T-7', daysLeft: 4 }).subject).toContain('due in 4 days');
  });

  test('gives coarse words with the day counted to', () => {
    expect(mailFor({ step: 'T-30', daysLeft: 30, due: coarse }).subject).toBe(
      'ENV-3 Joint soil survey: due in 30 days (by Q1 2026, counted to 31 March 2026)',
    );
    expect(mailFor({ step: 'overdue', daysLeft: -5, due: coarse }).subject).toBe(
      'ENV-3 Joint soil survey: 5 days overdue (by Q1 2026, counted to 31 March 2026)',
    );
  });

  test('leaves out agreed words that would fill the line', () => {
    const due = { ...coarse, words: 'by the end of the Japanese fiscal year that follows signature' };
    expect(mailFor({ due }).subject).toBe(
      'ENV-3 Joint soil survey: due in 7 days (counted to 31 March 2026)',
    );
  });

  test.each(['サプライチェーンの強靱化', 'आपूर्ति शृंखला का लचीलापन', 'क्\u200dष'])(
    'has a title as it is in any script: %s',
    (title) => {
      const mail = mailFor({ commitment: { ...reminder.commitment, title } });
      expect(mail.subject).toBe(`ENV-3 ${title}: due in 7 days (31 March 2026)`);
    },
  );

  test('cuts a long title between words', () => {
    const title = 'Shared early-warning mechanism for disruptions in supply chains of critical minerals';
    expect(mailFor({ commitment: { ...reminder.commitment, title } }).subject).toBe(
      'ENV-3 Shared early-warning mechanism for disruptions…: due in 7 days (31 March 2026)',
    );
  });

  test('is one line whatever the record holds', () => {
    const title = 'Joint\r\nBcc: x@example.org soil\u0000survey';
    const { subject, text } = mailFor({ commitment: { ...reminder.commitment, title } });
    expect(subject).toMatch(/^ENV-3 Joint Bcc: x@example.org soil survey: /);
    expect(text).toContain('ENV-3 Joint Bcc: x@example.org soil survey\n');
  });
});

describe('the mail', () => {
  test.each<[string, Partial<ReminderContent>, readonly string[]]>([
    [
      'T-30',
      { step: 'T-30', daysLeft: 30 },
      ['Due in 30 days', 'Tuesday 31 March 2026', 'planned for 30 days ahead of the date'],
    ],
    ['T-7', {}, ['Due in 7 days', 'Report progress, or claim delivery if it is done.']],
    ['T-1', { step: 'T-1', daysLeft: 1 }, ['Due tomorrow', 'If the date is at risk, say so.']],
    [
      'overdue',
      { step: 'overdue', daysLeft: -5 },
      ['5 days overdue', 'It was due on Tuesday 31 March 2026', 'If it is done, claim delivery.'],
    ],
    [
      'a coarse due date',
      { due: { words: 'by Q1 2026', end: '2026-03-31', precision: 'quarter' } },
      [
        'We count to 31 March 2026',
        'The agreed words, “by Q1 2026”, name no single day; 31 March 2026 is the last day that they cover.',
      ],
    ],
    [
      'someone who only waits for it',
      { undertakings: [{ partyName: 'India', lead: 'Survey Department' }] },
      ['Your side has nothing to deliver here.', 'See where ENV-3 stands'],
    ],
  ])('says what matters for %s, as text and as HTML', (_case, changes, sentences) => {
    const { text, html } = mailFor(changes);
    for (const sentence of sentences) {
      expect(text).toContain(sentence);
      expect(seenIn(html)).toContain(sentence);
    }
  });

  test('goes from what and when to who, to what to do, to why', () => {
    const order = [
      'ENV-3',
      'Joint soil survey',
      'Due in 7 days',
      'Agreed words: “by 31 March 2026”.',
      'Days are counted in your time zone, Asia/Tokyo.',
      'India: Survey Department leads',
      'Japan (your side): no lead named yet',
      reminder.commitment.text,
      'Report progress',
      reminder.commitment.url,
      reminder.why,
      'For Haruka Sato, Japan.',
      'River and Soil Dialogue · Environment',
    ];
    const { text, html } = mailFor({});
    // The preview, which repeats what to do, comes before all of it and is not shown.
    const body = seenIn(html.slice(html.indexOf('<h1')));
    expect(order.map((part) => text.indexOf(part))).toEqual(ascending(text, order));
    expect(order.slice(1).map((part) => body.indexOf(part))).toEqual(ascending(body, order.slice(1)));
  });

  test('marks an invented example in the subject, the preview and the body', () => {
    const { subject, text, html } = mailFor({ dialogue: { ...reminder.dialogue, invented: true } });
    expect(subject).toMatch(/ \[invented example\]$/);
    expect(text).toMatch(/^This is an invented example\./);
    expect(seenIn(html)).toMatch(/^\s*Invented example\. Report progress/);
    expect(seenIn(html)).toContain('This is an invented example.');
    expect(JSON.stringify(mailFor({}))).not.toContain('nvented');
  });

  test('shows markup in the record as the text that it is', () => {
    const payload = '<script>alert("1")</script>&<img src=x onerror=alert(2)>';
    const { html } = mailFor({
      recipient: { ...reminder.recipient, name: payload, partyName: payload },
      commitment: {
        id: payload,
        title: payload,
        text: payload,
        url: `https://example.org/"><script>${payload}`,
      },
      dialogue: { ...reminder.dialogue, title: payload },
      focusAreas: [payload],
      due: { ...reminder.due, words: payload },
      undertakings: [{ partyName: payload, lead: payload }],
      why: payload,
    });
    expect(html).not.toMatch(/<script|<img/i);
    expect(html.match(/href="[^"]*"/g)).toHaveLength(1);
    expect(seenIn(html)).toContain(payload);
  });

  test('is a page in English that fetches nothing', () => {
    const { html } = mailFor({});
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<meta name="color-scheme" content="light dark"');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toMatch(/\bsrc=|<link|@import|url\(/i);
  });
});

/** Where the parts stand if they stand in this order; -1 is less than any place, so a missing one shows. */
function ascending(text: string, parts: readonly string[]): number[] {
  return parts.map((part) => text.indexOf(part)).toSorted((a, b) => a - b);
}
