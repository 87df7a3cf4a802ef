import { digestMail } from '../../src/mail/reminder-mail.js';
import { another, digestOf, item, overdue, readBy, seenIn, turnOf, withheldItem } from './mail-contents.js';

const soil = [{ code: 'SOIL', names: { en: 'Soil' } }];
const water = [{ code: 'WATER', names: { en: 'Water' } }];

test('an empty digest is not sent', () => {
  expect(digestMail(digestOf([]))).toBeUndefined();
});

describe('the subject of a digest', () => {
  test.each([
    [
      'counts what is overdue, then what is due by its days',
      [another('A-1', overdue), another('A-2', { daysLeft: -40 }), another('A-3')],
      '2 overdue, 1 due in 7 days',
    ],
    [
      'counts the nearest two dates apart and later ones together',
      [
        another('A-1', { daysLeft: 30 }),
        another('A-2', { daysLeft: 1 }),
        another('A-3'),
        another('A-4', { daysLeft: 20 }),
      ],
      '1 due tomorrow, 1 due in 7 days, 2 due later',
    ],
    [
      'counts what awaits an answer apart from what is to be delivered',
      [another('A-1', { kind: 'attest', turn: turnOf('attest', 'JP'), ...overdue }), another('A-2')],
      '1 due in 7 days, 1 awaiting an answer',
    ],
    [
      'counts what has no date and what is not public last',
      [
        withheldItem('k1'),
        another('A-1', { kind: 'review', daysLeft: undefined, due: { ...item.due, end: undefined } }),
      ],
      '1 without a date, 1 not public',
    ],
  ])('%s', (_rule, items, counts) => {
    expect(digestMail(digestOf(items))!.subject).toBe(`${counts}: River and Soil Dialogue`);
  });

  test('marks an invented example', () => {
    const digest = digestOf([item]);
    const { subject } = digestMail({ ...digest, dialogue: { ...digest.dialogue, invented: true } })!;
    expect(subject).toBe('1 due in 7 days: River and Soil Dialogue [invented example]');
  });
});

describe('a digest', () => {
  const items = [
    another('S-1', { focusAreas: soil, daysLeft: 7 }),
    another('W-1', { focusAreas: water, daysLeft: 1 }),
    another('W-2', { focusAreas: [...water, ...soil], ...overdue }),
    another('X-1', { focusAreas: [], daysLeft: 30 }),
  ];
  const { text, html } = digestMail(digestOf(items))!;

  test('goes by focus area, the area with the most urgent first, and in it what is overdue', () => {
    const order = ['WATER', 'W-2', 'W-1', 'SOIL', 'S-1', 'UNDER NO FOCUS AREA', 'X-1'].map((each) =>
      text.indexOf(`\n${each}`),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('puts what awaits an answer after what is overdue, and before what is still to come', () => {
    const waiting = another('A-2', { kind: 'attest', turn: turnOf('attest', 'JP'), daysLeft: -90 });
    const mixed = digestMail(
      digestOf([another('A-3', { daysLeft: 1 }), waiting, another('A-1', overdue)]),
    )!.text;
    expect(mixed.match(/^A-\d/gm)).toEqual(['A-1', 'A-2', 'A-3']);
  });

  test('tells of each commitment once, also of one under several areas', () => {
    expect(text.match(/^W-2 /gm)).toHaveLength(1);
  });

  test('gives of each its reference, title, state, agreed words, whose turn it is, and where to go', () => {
    const own = text.slice(text.indexOf('\nW-2'), text.indexOf('\nW-1'));
    for (const part of [
      'W-2 Joint soil survey',
      '5 days overdue',
      'It was due on Tuesday 31 March 2026',
      'Agreed words: “by 31 March 2026”.',
      'It is the turn of India and Japan: deliver, or report where it stands',
      'Open W-2:\nhttps://pacta.example.org/dialogues/river-and-soil/commitments/W-2',
      'Acknowledge:\nhttps://pacta.example.org/reminders/ack-1',
    ]) {
      expect(own).toContain(part);
    }
  });

  test('says the same as text and as HTML', () => {
    const seen = seenIn(html).replaceAll(/\s+/g, '').toLowerCase();
    const lines = text.replaceAll(/https:\S+|^-+ ?$|^- /gm, '').split('\n');
    for (const line of lines) {
      expect(seen).toContain(line.replace(/:$/, '').replaceAll(/\s+/g, '').toLowerCase());
    }
  });

  test('has one file for the calendar with all that has a date', () => {
    const { attachments } = digestMail(
      digestOf([...items, another('U-1', { due: { ...item.due, end: undefined } })]),
    )!;
    expect(attachments).toHaveLength(1);
    expect(attachments[0]!.content.match(/^UID:/gm)).toHaveLength(4);
  });

  test('links to the preferences, and gives the address that one click unsubscribes at', () => {
    const mail = digestMail(digestOf(items))!;
    expect(mail.unsubscribeUrl).toBe('https://pacta.example.org/reminders/unsub-1');
    expect(mail.text).toContain('https://pacta.example.org/reminders/pref-1');
  });

  test('says that it is late where something in it is, and since when', () => {
    const late = [another('A-1', { lateSince: '2026-03-22' }), another('A-2', { lateSince: '2026-03-20' })];
    expect(digestMail(digestOf(late))!.text).toContain('it was planned for 20 March 2026.');
    expect(text).not.toContain('This mail is late');
  });

  test.each([
    [
      'ja',
      '期限を5日超過',
      '期限超過1件、明日が期限のもの1件、期限まで7日のもの1件、それ以降のもの1件: 河川土壌対話',
    ],
    [
      'hi',
      'नियत तिथि से 5 दिन का विलंब',
      '1 विलंबित, 1 की नियत तिथि कल है, 1 की नियत तिथि में 7 दिन शेष, 1 बाद में नियत: नदी और मृदा संवाद',
    ],
  ] as const)('is in the reader’s language: %s', (language, state, subject) => {
    const mail = digestMail(digestOf(items, { recipient: readBy(language) }))!;
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(state);
  });
});
