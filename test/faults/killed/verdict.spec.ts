import type { Account, Attempt, Recorded } from './account.js';
import { rules } from './verdict.js';

const attempt = (mail: string, fence: number, outcome: Attempt['outcome'], minute = fence): Attempt => ({
  mail,
  fence,
  messageId: `${mail}@example.org`,
  intentAt: `2026-01-01T00:0${minute}:00`,
  outcome,
});
const event = (reminder: string, type: string, fence: number): Recorded => ({
  reminder,
  type,
  fence,
  at: `2026-01-01T00:0${fence}:30`,
});
const message = (mail: string, carries: string[], bytes = mail) => ({
  messageId: `${mail}@example.org`,
  carries,
  bytes,
});

/** One mail that went out, a digest that came twice, and an escalation that is held. */
const truth: Account = {
  reminders: [
    { id: 'a', mail: 'a', kind: 'due', state: 'sent' },
    { id: 'b', mail: 'day', kind: 'due', state: 'sent' },
    { id: 'c', mail: 'day', kind: 'due', state: 'sent' },
    { id: 'd', mail: 'd', kind: 'escalation', state: 'uncertain' },
  ],
  attempts: [
    attempt('a', 1, 'not-sent'),
    attempt('a', 2, 'sent'),
    attempt('day', 1, 'uncertain'),
    attempt('day', 2, 'sent'),
    attempt('d', 1, 'uncertain'),
  ],
  held: ['d'],
  taken: [message('a', ['a']), message('day', ['b', 'c']), message('day', ['b', 'c'])],
  recorded: [
    event('a', 'ReminderSent', 2),
    event('b', 'ReminderUncertain', 1),
    event('c', 'ReminderUncertain', 1),
    event('b', 'ReminderSent', 2),
    event('c', 'ReminderSent', 2),
    event('d', 'ReminderUncertain', 1),
  ],
};
const [a, b, c, d] = truth.reminders as [
  Account['reminders'][number],
  Account['reminders'][number],
  Account['reminders'][number],
  Account['reminders'][number],
];
const [single, digest, again] = truth.taken as [
  Account['taken'][number],
  Account['taken'][number],
  Account['taken'][number],
];

test('nothing speaks against an account that is in order', () => {
  for (const rule of Object.values(rules)) expect(rule(truth)).toEqual([]);
});

const delivered = 'every reminder is delivered, or held for a person who is shown it';
const ended = 'every reminder ends as sent, and of escalations those that are held';
const taken = 'what is said to be sent was taken as often';
const same =
  'a reminder that is delivered twice is in the same message, with the same Message-ID and the same bytes';
const silent = 'no message is taken twice without an attempt that is uncertain';
const inTime = 'the log tells of every doubt about a reminder before it is sent again';
const told = 'the log tells once that a reminder was sent, and of none that was not';
const open = 'no attempt is left open';

test.each<[keyof typeof rules, string, Partial<Account>]>([
  [delivered, 'lost', { taken: [digest, again] }],
  [delivered, 'left out of a digest', { taken: [single, { ...digest, carries: ['b'] }] }],
  [delivered, 'in doubt, and shown to nobody', { held: [] }],
  [ended, 'still planned', { reminders: [{ ...a, state: 'planned' }, b, c, d] }],
  [ended, 'held, and nobody is to decide about it', { reminders: [a, b, c, { ...d, kind: 'due' }] }],
  [ended, 'in somebody’s hands', { reminders: [a, b, { ...c, state: 'sending' }, d] }],
  [taken, 'said to be sent, and was not', { taken: [digest, again] }],
  [same, 'in two messages', { taken: [...truth.taken, message('a.2', ['a'])] }],
  [
    same,
    'of other bytes',
    { taken: [single, { ...digest, carries: ['b'] }, { ...again, carries: ['b'], bytes: 'x' }] },
  ],
  [silent, 'doubled silently', { taken: [...truth.taken, single] }],
  [silent, 'there once more than in doubt', { taken: [...truth.taken, again] }],
  [
    inTime,
    'not told of',
    { recorded: truth.recorded.filter(({ reminder, fence }) => reminder !== 'b' || fence !== 1) },
  ],
  [
    inTime,
    'told of when it was sent again already',
    {
      attempts: truth.attempts.map((each) =>
        each.mail === 'day' ? { ...each, intentAt: '2026-01-01T00:01:20' } : each,
      ),
      taken: [single, { ...digest, carries: ['b'] }],
    },
  ],
  [told, 'told of twice', { recorded: [...truth.recorded, event('a', 'ReminderSent', 3)] }],
  [told, 'not told of', { recorded: truth.recorded.slice(1) }],
  [
    told,
    'raised in the log, and not in truth',
    { recorded: [...truth.recorded, event('d', 'EscalationRaised', 1)] },
  ],
  [open, 'open', { attempts: [...truth.attempts, attempt('a', 3, null)] }],
])('%s: one is found that is %s', (rule, _what, wrong) => {
  expect(rules[rule]({ ...truth, ...wrong })).toHaveLength(1);
});
