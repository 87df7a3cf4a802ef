import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { Forbidden, Malformed } from '../../src/domain/refusal.js';
import { jointProposal, open, says, unilateralProposal } from './commitments.js';
import { japaneseSecretariat, recorder } from './scenario.js';

const resolve = (happenedOn?: string): CommitmentCommand => ({
  type: 'ResolveDueDate',
  data: happenedOn ? { happenedOn } : {},
});
const resolved = (day: string | null, round?: number) =>
  ({
    type: 'DueDateResolved',
    data: { window: day ? { start: day, end: day } : null, ...(round && { round }) },
  }) as const;

const japan = says(japaneseSecretariat);
const nextRound = { ...jointProposal, due: { precision: 'next-round' } } as const;

describe('a due date is resolved', () => {
  const scheduled = (startsOn?: string) => says(recorder, { nextRound: { number: 2, startsOn } });

  test('to the day before the next round, again when that moves, and the first stays the baseline', () => {
    open(nextRound).when(resolve(), scheduled('2026-06-01')).happens(resolved('2026-05-31', 2));
    const once = open(nextRound, resolved('2026-05-31', 2));
    once.when(resolve(), scheduled('2026-06-01')).nothingHappens();
    once.when(resolve(), scheduled('2026-09-01')).happens(resolved('2026-08-31', 2));
    once.when(resolve(), scheduled()).happens(resolved(null, 2));
    const { due } = open(
      nextRound,
      resolved('2026-05-31', 2),
      resolved(null, 2),
      resolved('2026-08-31', 2),
    ).state!;
    expect([due.baseline?.window?.end, due.current.window?.end]).toEqual(['2026-05-31', '2026-08-31']);
    open(nextRound).when(resolve(), says(recorder)).nothingHappens();
  });

  const bound = {
    ...unilateralProposal,
    due: { precision: 'event-bound', event: { en: 'the signature' }, withinDays: 60 },
  } as const;
  const window = { start: '2026-01-10', end: '2026-03-11' };
  const happened = { type: 'DueDateResolved', data: { window } } as const;

  test('to so many days after the event, which has happened', () => {
    open(bound).when(resolve('2026-01-10'), says(recorder)).happens(happened);
    open(bound)
      .when(resolve('2026-01-10'), says(japaneseSecretariat, { jointSource: true }))
      .happens(happened);
    open(bound).when(resolve('2026-01-10'), japan).isRefused('own-date', { as: Forbidden });
    open(bound).when(resolve(), japan).isRefused('day-missing', { as: Malformed, at: '/happenedOn' });
    open(bound).when(resolve('2026-01-17'), japan).isRefused('not-yet', { at: '/happenedOn' });
  });

  test('once: the day of the event is not moved by the side whose date hangs on it', () => {
    const once = open(bound, happened);
    once.when(resolve('2026-01-10'), japan).nothingHappens();
    once.when(resolve('2026-01-14'), japan).isRefused('event-has-happened', { at: '/happenedOn' });
    once
      .when(resolve('2026-01-14'), says(recorder, { jointSource: true }))
      .happens({ type: 'DueDateResolved', data: { window: { start: '2026-01-14', end: '2026-03-15' } } });
  });

  test('only where it waits for something', () => {
    open(jointProposal).when(resolve(), scheduled('2026-06-01')).isRefused('nothing-to-resolve');
  });
});
