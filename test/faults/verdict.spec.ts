import type { Account, Written } from './account.js';
import { rules } from './verdict.js';
import { WITNESSES } from './witness.js';

/** Two commands in one log, of which the second rests on what the first wrote; another was refused. */
const truth: Account = {
  journal: [
    { asked: { id: 'a', writer: 0, log: 'one', tally: 'x', count: 2 } },
    { told: 'a', outcome: { is: 'unknown', why: 'no answer' } },
    { told: 'a', outcome: { is: 'acknowledged', version: 2, position: 2 } },
    {
      asked: {
        id: 'b',
        writer: 1,
        log: 'one',
        tally: 'y',
        count: 1,
        restsOn: [{ stream: 'tally-x', version: 2 }],
      },
    },
    { told: 'b', outcome: { is: 'acknowledged', version: 1, position: 3 } },
    { asked: { id: 'c', writer: 1, log: 'one', tally: 'x', count: 1 } },
    { told: 'c', outcome: { is: 'refused', why: 'WrongVersion' } },
  ],
  events: [event(1, 'x', 1, 'a'), event(2, 'x', 2, 'a'), event(3, 'y', 1, 'b')],
  heads: [{ log: 'one', position: 3 }],
  seen: WITNESSES.flatMap((witness) => [1, 2, 3].map((position) => ({ witness, log: 'one', position }))),
  parked: [],
};

function event(position: number, tally: string, version: number, command: string): Written {
  const stream = `tally-${tally}`;
  const recordedAt = `2026-01-01T00:00:0${position}`;
  return {
    log: 'one',
    position,
    stream,
    version,
    recordedAt,
    command,
    process: 'first.0',
    says: `${stream} ${version}`,
  };
}

const journal = (...more: Account['journal']): Partial<Account> => ({ journal: [...truth.journal, ...more] });
const events = (...all: Written[]): Partial<Account> => ({ events: all });
const [first, second, third] = truth.events as [Written, Written, Written];

test('nothing speaks against an account that is in order', () => {
  for (const rule of Object.values(rules)) expect(rule(truth)).toEqual([]);
});

test.each<[keyof typeof rules, string, Partial<Account>]>([
  [
    'every acknowledged event is in the log exactly once, where its writer was told',
    'gone',
    events(first, second),
  ],
  [
    'every acknowledged event is in the log exactly once, where its writer was told',
    'there twice',
    events(...truth.events, event(4, 'y', 2, 'b')),
  ],
  [
    'every acknowledged event is in the log exactly once, where its writer was told',
    'told of another place by a repeat',
    journal({ told: 'b', outcome: { is: 'acknowledged', version: 1, position: 4 } }),
  ],
  [
    'nothing is in the log that was refused, or that nobody asked for',
    'refused',
    events(...truth.events, event(4, 'x', 3, 'c')),
  ],
  [
    'nothing is in the log that was refused, or that nobody asked for',
    'asked by nobody',
    events(...truth.events, event(4, 'x', 3, 'd')),
  ],
  [
    'what rests on other streams is written only while they are as it looked at them',
    'outrun',
    events(first, second, event(3, 'x', 3, 'e'), event(4, 'y', 1, 'b')),
  ],
  [
    'no command is told both that it was written and that it was refused',
    'told both',
    journal({ told: 'b', outcome: { is: 'refused', why: 'Outrun' } }),
  ],
  [
    'every unknown outcome is resolved by asking again',
    'unknown',
    journal({ asked: { id: 'f', writer: 0, log: 'one', tally: 'z', count: 1 } }),
  ],
  ['positions are dense, and the head is at the last', 'a gap', events(first, third)],
  [
    'positions are dense, and the head is at the last',
    'a head beyond',
    { heads: [{ log: 'one', position: 4 }] },
  ],
  [
    'the versions of a stream are dense, in the order of its positions, and as its entries say',
    'in another order',
    events(event(1, 'x', 2, 'a'), event(2, 'x', 1, 'a'), third),
  ],
  [
    'the versions of a stream are dense, in the order of its positions, and as its entries say',
    'not as the entry says',
    events(first, second, { ...third, says: 'tally-y 2' }),
  ],
  [
    'the time of recording never goes back within a log',
    'earlier',
    events(first, second, { ...third, recordedAt: '2025' }),
  ],
  [
    'each subscriber sees each event once and in order',
    'twice',
    { seen: [...truth.seen, truth.seen.at(-1)!] },
  ],
  ['each subscriber sees each event once and in order', 'too few', { seen: truth.seen.slice(0, -1) }],
  [
    'each subscriber sees each event once and in order',
    'out of order',
    { seen: [truth.seen[1]!, truth.seen[0]!, ...truth.seen.slice(2)] },
  ],
  ['no log is parked by what passes', 'parked', { parked: [{ subscription: 'w', log: 'one' }] }],
])('%s: one is found that is %s', (rule, _what, wrong) => {
  expect(rules[rule]({ ...truth, ...wrong })).toHaveLength(1);
});
