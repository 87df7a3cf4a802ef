import { Malformed } from '../../src/domain/refusal.js';
import { subscription } from '../../src/domain/subscription.js';
import { asked, given } from './scenario.js';

const data = { subscription: 'grants', log: 'talks', position: 8 };
const parked = { ...asked, parkedAt: 8, reason: 'Written by a version that was withdrawn' };
const skip = { type: 'SkipEvent', data } as const;
const retry = { type: 'RetryLog', data: { subscription: 'grants', log: 'talks' } } as const;

describe('an event that a subscription cannot handle', () => {
  test('is skipped where the log is parked, and for a reason', () => {
    given(subscription).when(skip, parked).happens({ type: 'EventSkipped', data });
    given(subscription)
      .when(skip, { ...parked, reason: undefined })
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
  });

  test.each([7, 9])('is the one that the log is parked at, and not the one at %d', (position) => {
    given(subscription)
      .when({ ...skip, data: { ...data, position } }, parked)
      .isRefused('not-parked-there', { at: '/position' });
  });

  test('is tried again without skipping it, for which no reason is needed', () => {
    given(subscription)
      .when(retry, { ...parked, reason: undefined })
      .happens({ type: 'LogRetried', data });
  });

  test('is neither skipped nor tried again where the log is not parked', () => {
    for (const command of [skip, retry]) {
      given(subscription)
        .when(command, { ...parked, parkedAt: undefined })
        .isRefused('log-not-parked', { at: '/log' });
    }
  });

  test('is remembered with its log once it was skipped', () => {
    const { state } = given(
      subscription,
      { type: 'LogRetried', data },
      { type: 'EventSkipped', data },
      { type: 'EventSkipped', data: { ...data, log: 'river', position: 2 } },
    );
    expect(state.skipped).toEqual([
      { log: 'talks', position: 8 },
      { log: 'river', position: 2 },
    ]);
  });
});
