import { commitment } from '../../src/domain/commitment/commitment.js';
import { daysOverdue } from '../../src/domain/commitment/due-history.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { StatedEvent } from '../../src/domain/commitment/evolve.js';
import { type DueTerms, dueFrom } from '../../src/domain/due.js';
import { fold } from '../../src/domain/decider.js';
import { agreed, jointProposal, proposed } from './commitments.js';

/** Something that was so on a day. */
const on = (occurredOn: string, event: CommitmentEvent): StatedEvent => ({ ...event, occurredOn });
const by = (day: string) => dueFrom({ precision: 'day', day });
const extended = (day: string, until: string) =>
  on(day, {
    type: 'ExtensionGranted',
    data: { party: 'JP', due: by(until), reasonCode: 'other', grantedBy: 'IN', complete: true },
  });
const forward = (day: string, until: string) =>
  on(day, { type: 'DueDateBroughtForward', data: { due: by(until) } });
const claimed = (day: string) =>
  on(day, {
    type: 'DeliveryClaimed',
    data: { party: 'JP', evidence: ['E1'], claimDigest: 'a', complete: true },
  });
const declined = (day: string) =>
  on(day, { type: 'AttestationDeclined', data: { party: 'IN', claimDigest: 'a' } });
const verified = (day: string) => on(day, { type: 'CommitmentVerified', data: { claimDigest: 'a' } });
const lapsed = (day: string) => on(day, { type: 'CommitmentLapsed', data: { round: 2 } });
const reopened = (day: string, due: DueTerms = { precision: 'none' }) =>
  on(day, { type: 'CommitmentReopened', data: { due: dueFrom(due) } });

/** Agreed on 1 January 2026 and due by 31 March 2026, with what came after. */
const overdueOn = (today: string, ...after: StatedEvent[]) =>
  daysOverdue(fold(commitment, [proposed(jointProposal), on('2026-01-01', agreed), ...after])!.due, today);

test.each<[string, number, string, StatedEvent[]]>([
  ['nothing before the end', 0, '2026-03-31', []],
  ['nothing on the day after, which has only begun', 0, '2026-04-01', []],
  ['one day once the first has passed', 1, '2026-04-02', []],
  ['a month', 30, '2026-05-01', []],
  ['nothing more once it was extended in time', 0, '2026-05-01', [extended('2026-03-30', '2026-06-30')]],
  ['what an extension came too late for, for ever', 20, '2026-06-30', [extended('2026-04-21', '2026-06-30')]],
  [
    'what each of two late extensions came too late for',
    20 + 15,
    '2026-12-01',
    [extended('2026-04-21', '2026-06-30'), extended('2026-07-16', '2026-12-31')],
  ],
  ['late again after a late extension', 20 + 31, '2026-08-01', [extended('2026-04-21', '2026-06-30')]],
  [
    'from the earlier day on when it was brought forward',
    31,
    '2026-04-01',
    [forward('2026-02-10', '2026-02-28')],
  ],
  [
    'from the decision on when it was brought forward to a day gone by',
    22,
    '2026-04-01',
    [forward('2026-03-10', '2026-02-28')],
  ],
  ['nothing while a claim in time waits for its keys', 0, '2026-12-01', [claimed('2026-03-20')]],
  ['up to a late claim', 9, '2026-12-01', [claimed('2026-04-10')]],
  [
    'up to a late claim that was verified much later',
    9,
    '2026-12-01',
    [claimed('2026-04-10'), verified('2026-11-01')],
  ],
  [
    'again after a claim was declined, without the time it waited',
    9 + 10,
    '2026-05-21',
    [claimed('2026-04-10'), declined('2026-05-11')],
  ],
  ['up to the decision that ended it', 30, '2026-12-01', [lapsed('2026-05-01')]],
  [
    'and not the time in which it had ended, when it is taken up again',
    30 + 10,
    '2026-12-11',
    [lapsed('2026-05-01'), reopened('2026-09-01', { precision: 'day', day: '2026-11-30' })],
  ],
  [
    'and nothing new while the new date is to be set',
    30,
    '2026-12-11',
    [lapsed('2026-05-01'), reopened('2026-09-01')],
  ],
])('counts %s: %i', (_rule, days, today, after) => {
  expect(overdueOn(today, ...after)).toBe(days);
});

test('a target is never overdue, and what has no calendar date neither', () => {
  for (const due of [
    { precision: 'day', day: '2026-03-31', kind: 'target' },
    { precision: 'ongoing' },
  ] as const) {
    const { due: history } = fold(commitment, [
      proposed({ ...jointProposal, due }),
      on('2026-01-01', agreed),
    ])!;
    expect(daysOverdue(history, '2027-01-01')).toBe(0);
  }
});
