import {
  followUp,
  type FollowUpCommand,
  type FollowUpEvent,
  type FollowUpPlan,
} from '../../src/domain/follow-up.js';
import { Malformed, NotFound } from '../../src/domain/refusal.js';
import { asked, given } from './scenario.js';

const plan: FollowUpPlan = {
  id: 'site-visit',
  kind: 'visit',
  titles: { en: 'Visit to the pilot districts' },
  plannedFor: '2026-01',
  commitments: ['ENV-3'],
  focusAreas: ['soil'],
};
const scheduled: FollowUpEvent = { type: 'FollowUpScheduled', data: plan };
const held: FollowUpEvent = {
  type: 'FollowUpHeld',
  data: { on: '2026-01-15', with: [], commitments: ['ENV-3'], focusAreas: ['soil'] },
};

const schedule = (changes: Partial<FollowUpPlan> = {}): FollowUpCommand => ({
  type: 'ScheduleFollowUp',
  data: { ...plan, ...changes },
});
const hold = (on: string): FollowUpCommand => ({ type: 'HoldFollowUp', data: { on, with: [] } });

describe('scheduling a follow-up', () => {
  test('puts it on record as planned', () => {
    given(followUp).when(schedule(), asked).happens(scheduled);
  });

  test('needs no date yet, but a date that is given exists', () => {
    const undated = { ...plan, plannedFor: undefined };
    given(followUp)
      .when(schedule({ plannedFor: undefined }), asked)
      .happens({ type: 'FollowUpScheduled', data: undated });
    given(followUp)
      .when(schedule({ plannedFor: '2026-13' }), asked)
      .isRefused('no-such-date', { as: Malformed, at: '/plannedFor' });
  });

  test('happens once, whether or not it was held since', () => {
    given(followUp, scheduled)
      .when(schedule(), asked)
      .isRefused('follow-up-already-scheduled', { at: '/id' });
    given(followUp, scheduled, held)
      .when(schedule(), asked)
      .isRefused('follow-up-already-scheduled', { at: '/id' });
  });
});

describe('holding a follow-up', () => {
  test('repeats what it is about, so that it is found from the commitment too', () => {
    given(followUp, scheduled).when(hold('2026-01-15'), asked).happens(held);
  });

  test('needs one that was scheduled and not held before', () => {
    given(followUp).when(hold('2026-01-15'), asked).isRefused('no-such-follow-up', { as: NotFound });
    given(followUp, scheduled, held).when(hold('2026-01-15'), asked).isRefused('follow-up-already-held');
  });

  test('cannot lie in the future, and needs a date that exists', () => {
    given(followUp, scheduled).when(hold('2026-01-17'), asked).isRefused('not-yet', { at: '/on' });
    given(followUp, scheduled).when(hold('2026-02'), asked).isRefused('not-yet', { at: '/on' });
    given(followUp, scheduled)
      .when(hold('2025-02-29'), asked)
      .isRefused('no-such-date', { as: Malformed, at: '/on' });
  });

  test('may be known to the month only, as soon as that month has begun', () => {
    given(followUp, scheduled)
      .when(hold('2026-01'), asked)
      .happens({ type: 'FollowUpHeld', data: { ...held.data, on: '2026-01', with: [] } });
  });
});
