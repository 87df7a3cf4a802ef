import { type ReminderContent, reminderMail } from '../../src/mail/reminder-mail.js';
import { item, overdue, readBy, reminder, seenIn, titled, turnOf } from './mail-contents.js';

/** The mail for a commitment due in seven days with some of it changed. */
function mailFor(changes: Partial<ReminderContent>) {
  return reminderMail({ ...reminder, ...changes });
}

const coarse = { ...item.due, words: { en: 'by Q1 2026' }, precision: 'quarter' };
const undated = { ...item.due, end: undefined, words: { en: 'by the next round' }, precision: 'next-round' };

describe('the subject', () => {
  test.each<[string, number, string]>([
    ['T-30', 30, 'ENV-3 Joint soil survey: due in 30 days (31 March 2026)'],
    ['T-7', 7, 'ENV-3 Joint soil survey: due in 7 days (31 March 2026)'],
    ['T-1', 1, 'ENV-3 Joint soil survey: due tomorrow (31 March 2026)'],
    ['T-1', 0, 'ENV-3 Joint soil survey: due today (31 March 2026)'],
    ['overdue', -1, 'ENV-3 Joint soil survey: 1 day overdue (was due 31 March 2026)'],
    ['week-1', -8, 'ENV-3 Joint soil survey: 8 days overdue (was due 31 March 2026)'],
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
  });

  test('leaves out agreed words that would fill the line', () => {
    const words = { en: 'by the end of the Japanese fiscal year that follows signature' };
    expect(mailFor({ due: { ...coarse, words } }).subject).toBe(
      'ENV-3 Joint soil survey: due in 7 days (counted to 31 March 2026)',
    );
  });

  test.each(['サプライチェーンの強靱化', 'आपूर्ति शृंखला का लचीलापन', 'क्\u200dष'])(
    'has a title as it is in any script: %s',
    (title) => {
      expect(mailFor({ commitment: titled({ en: title }) }).subject).toBe(
        `ENV-3 ${title}: due in 7 days (31 March 2026)`,
      );
    },
  );

  test('cuts a long title between words', () => {
    const en = 'Shared early-warning mechanism for disruptions in supply chains of critical minerals';
    expect(mailFor({ commitment: titled({ en }) }).subject).toBe(
      'ENV-3 Shared early-warning mechanism for disruptions…: due in 7 days (31 March 2026)',
    );
  });

  test('is one line whatever the record holds', () => {
    const en = 'Joint\r\nBcc: x@example.org soil\u0000survey';
    const { subject, text } = mailFor({ commitment: titled({ en }) });
    expect(subject).toMatch(/^ENV-3 Joint Bcc: x@example.org soil survey: /);
    expect(text).toContain('ENV-3 Joint Bcc: x@example.org soil survey\n');
  });
});

describe('each kind of reminder says what it is about and what is asked', () => {
  const india = turnOf('deliver', 'IN');
  test.each<[string, Partial<ReminderContent>, string, readonly string[]]>([
    [
      'due',
      {},
      'due in 7 days (31 March 2026)',
      ['Due in 7 days', 'Tuesday 31 March 2026', 'Report progress, or claim delivery if it is done.'],
    ],
    [
      'overdue',
      overdue,
      '5 days overdue (was due 31 March 2026)',
      ['5 days overdue', 'It was due on Tuesday 31 March 2026', 'If it is done, claim delivery.'],
    ],
    [
      'review nudge of what waits for a round',
      { kind: 'review', step: 'review-2', due: undated, daysLeft: undefined },
      'no date yet',
      [
        'It is due by the next round, which has no date yet.',
        'Agreed words: “by the next round”.',
        'put it on record',
      ],
    ],
    [
      'review nudge of a target',
      {
        kind: 'review',
        step: 'review-1',
        due: { ...undated, kind: 'target', precision: 'year' },
        daysLeft: undefined,
      },
      'no date yet',
      ['It is a target: it is reviewed from time to time, and never overdue.'],
    ],
    [
      'silence',
      { kind: 'silent', step: 'silent-1', silentDays: 63 },
      'nothing reported for 63 days',
      [
        'Nothing reported for 63 days',
        'Due on Tuesday 31 March 2026',
        'Confirm what is on record, or update it',
      ],
    ],
    [
      'text to confirm',
      { kind: 'confirm-text', step: 'confirm-text-1', turn: turnOf('confirm-text', 'JP') },
      'the text awaits an answer',
      [
        'Confirm it, or object to it and say why.',
        'It is the turn of Japan: confirm the text or object to it',
      ],
    ],
    [
      'request for more time',
      {
        kind: 'answer-extension',
        step: 'answer-extension-1',
        turn: turnOf('answer-extension', 'JP'),
        asked: { partyNames: { en: 'India' }, end: '2026-09-30' },
      },
      'India asks for more time',
      ['The new date asked for: 30 September 2026.', 'Grant the request or refuse it.'],
    ],
    [
      'key to turn',
      { kind: 'attest', step: 'attest-1', turn: turnOf('attest', 'JP') },
      'delivery claimed, not yet confirmed',
      ['Look at the evidence.', 'It is the turn of Japan: confirm delivery or decline'],
    ],
    [
      'escalation of what the own side owes',
      {
        kind: 'escalation',
        step: 'escalation-7',
        daysLeft: -7,
        recipient: readBy('en', { role: 'head-of-division' }),
      },
      'escalated: 7 days overdue (was due 31 March 2026)',
      ['Escalated: 7 days overdue', 'See to it that your side answers', 'You head the division'],
    ],
    [
      'escalation of what the other side owes',
      { kind: 'escalation', step: 'escalation-21', daysLeft: -21, turn: india },
      'escalated: 21 days overdue (was due 31 March 2026)',
      ['It is the other side’s turn.', 'See where ENV-3 stands', 'It is the turn of India: deliver'],
    ],
    [
      'escalation of a claim that nobody confirms',
      { kind: 'escalation', step: 'round-14', turn: turnOf('attest', 'IN') },
      'escalated: delivery claimed, not yet confirmed (31 March 2026)',
      ['The rule: escalation 14 days before the next round'],
    ],
    [
      'due, to someone who only waits for it',
      { turn: india },
      'due in 7 days (31 March 2026)',
      ['Your side has nothing to deliver here.', 'See where ENV-3 stands'],
    ],
  ])('%s', (_case, changes, subject, sentences) => {
    const mail = mailFor(changes);
    expect(mail.subject).toBe(`ENV-3 Joint soil survey: ${subject}`);
    for (const sentence of sentences) {
      expect(mail.text).toContain(sentence);
      expect(seenIn(mail.html)).toContain(sentence);
    }
  });

  test('and a claimed share shows as claimed', () => {
    const undertakings = [{ ...item.undertakings[0]!, claimed: true }, item.undertakings[1]!];
    expect(mailFor({ undertakings }).text).toContain('- India: Survey Department leads; delivery claimed\n');
  });
});

describe('the mail', () => {
  test('goes from what and when to what to do, to who, to why and by which rule', () => {
    const order = [
      'ENV-3',
      'Joint soil survey',
      'Due in 7 days',
      'Tuesday 31 March 2026',
      'Agreed words: “by 31 March 2026”.',
      'Days are counted in your time zone, Asia/Tokyo.',
      'Report progress',
      reminder.commitment.url,
      'It is done: attach proof',
      'Hand over',
      'India: Survey Department leads',
      'Japan (your side): no lead named yet',
      'It is the turn of India and Japan: deliver, or report where it stands',
      reminder.commitment.text['en']!,
      'You are the focal point of Japan in this dialogue.',
      'The rule: 7 days ahead of the date, by the default reminder policy.',
      'It stops when your side claims delivery',
      'For Haruka Sato, Japan.',
      'River and Soil Dialogue · Environment',
    ];
    const { text, html } = mailFor({});
    for (const form of [text, seenIn(html).replaceAll(/\n(?=\S)/g, '')]) {
      const places = order.map((part) => form.indexOf(part));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test('says in whose zones the day ends where they are not the recipient’s', () => {
    const due = { ...item.due, zones: ['Asia/Kolkata', 'Asia/Tokyo'] };
    expect(mailFor({ due }).text).toContain(
      'The day is over when it has ended in Asia/Kolkata and Asia/Tokyo.',
    );
    expect(mailFor({}).text).not.toContain('The day is over');
  });

  test('does not pass the end of a coarse window for an agreed day', () => {
    const { text } = mailFor({ due: coarse });
    expect(text).toContain('\nWe count to 31 March 2026\n');
    expect(text).toContain('The agreed words, “by Q1 2026”, name no single day');
    expect(text).not.toContain('Tuesday');
  });

  test('offers, as plain addresses, exactly what can be done from it', () => {
    const { text, html } = mailFor({ actions: { acknowledge: item.actions.acknowledge } });
    const linked = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
    const expected = [
      reminder.commitment.url,
      item.actions.acknowledge,
      reminder.links.preferences,
      reminder.links.unsubscribe,
    ];
    expect(linked).toEqual(expected);
    expect(text.match(/https:\S+/g)).toEqual(expected);
  });

  test('offers proof only for what is still to be delivered, and no delay of an escalation', () => {
    const attest = mailFor({ kind: 'attest', turn: turnOf('attest', 'JP') }).text;
    expect(attest).not.toContain(item.actions.done);
    expect(attest).toContain(item.actions.snooze);
    const escalation = mailFor({ kind: 'escalation', step: 'escalation-7', daysLeft: -7 }).text;
    expect(escalation).toContain(item.actions.done);
    expect(escalation).not.toContain(item.actions.snooze);
  });

  test.each([
    [1, true],
    [0, false],
    [-3, false],
  ])('offers a delay only while a later day is left: with %i days left %p', (daysLeft, offered) => {
    expect(mailFor({ daysLeft }).text.includes(item.actions.snooze!)).toBe(offered);
  });

  test('does not take for overdue what is claimed and waits for a key', () => {
    const waiting = { kind: 'attest', turn: turnOf('attest', 'JP'), ...overdue } as const;
    expect(mailFor(waiting).html).not.toContain('class="card late"');
    expect(mailFor(overdue).html).toContain('class="card late"');
  });

  test('gives the address that one click unsubscribes at, where there is one', () => {
    expect(mailFor({}).unsubscribeUrl).toBe(reminder.links.unsubscribe);
    expect(mailFor({ links: {} })).not.toHaveProperty('unsubscribeUrl');
  });

  test('says so where the rule is one that the dialogue has set', () => {
    const dialogue = { ...reminder.dialogue, hasOwnPolicy: true };
    expect(mailFor({ dialogue }).text).toContain(
      'ahead of the date, by the reminder policy that this dialogue has set.',
    );
  });

  test('says that it is late, and for when it was planned', () => {
    const { text, html } = mailFor({ lateSince: '2026-03-20' });
    for (const form of [text, seenIn(html)]) {
      expect(form).toContain('This mail is late: it was planned for 20 March 2026.');
    }
    expect(mailFor({}).text).not.toContain('This mail is late');
  });

  test('marks an invented example in the subject, the preview and the body', () => {
    const { subject, text, html } = mailFor({ dialogue: { ...reminder.dialogue, invented: true } });
    expect(subject).toMatch(/ \[invented example\]$/);
    expect(text).toMatch(/^This is an invented example\./);
    expect(html).toContain('>Invented example. Report progress');
    expect(seenIn(html)).toContain('This is an invented example.');
    expect(JSON.stringify(mailFor({}))).not.toContain('nvented');
  });

  test('shows markup in the record as the text that it is', () => {
    const payload = '<script>alert("1")</script>&<img src=x onerror=alert(2)>';
    const texts = { en: payload };
    const { html } = mailFor({
      recipient: { ...reminder.recipient, name: payload, partyNames: texts },
      commitment: { ...titled(texts), id: payload, url: `https://example.org/"><script>${payload}` },
      dialogue: { ...reminder.dialogue, titles: texts },
      focusAreas: [{ code: 'X', names: texts }],
      due: { ...item.due, words: texts },
      undertakings: [{ party: 'JP', partyNames: texts, leadNames: texts, claimed: false }],
      actions: { done: `https://example.org/"><img src=x>` },
    });
    expect(html).not.toMatch(/<script|<img/i);
    expect(html.match(/href="[^"]*"/g)).toHaveLength(4);
    expect(seenIn(html)).toContain(payload);
  });

  test('is a page that fetches nothing, and knows light and dark', () => {
    const { html } = mailFor({});
    expect(html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    expect(html).toContain('<meta name="color-scheme" content="light dark"');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toMatch(/\bsrc=|<link|@import|url\(/i);
  });
});
