import { fold } from '../../src/domain/decider.js';
import {
  followUp,
  type FollowUpCommand,
  type FollowUpEvent,
  type FollowUpPlan,
} from '../../src/domain/follow-up.js';
import { Malformed } from '../../src/domain/refusal.js';
import { asked, given } from './scenario.js';

const around = { ...asked, reason: undefined };
const why = { ...asked, reason: 'Landslide' };

const about = { commitments: ['ENV-3'], focusAreas: ['soil'] };
const plan: FollowUpPlan = {
  id: 'site-visit',
  kind: 'visit',
  titles: { en: 'Visit to the pilot districts' },
  plannedFor: '2026-01-13',
  ...about,
};
const scheduled: FollowUpEvent = { type: 'FollowUpScheduled', data: plan };
const rescheduled: FollowUpEvent = { type: 'FollowUpRescheduled', data: { plannedFor: '2026-02', ...about } };
const held: FollowUpEvent = { type: 'FollowUpHeld', data: { on: '2026-01-15', with: [], ...about } };
const outcome = { outcome: { en: 'Samples were taken.' }, nextStep: { en: 'Send them to the laboratory.' } };
const recorded: FollowUpEvent = { type: 'FollowUpOutcomeRecorded', data: { ...outcome, ...about } };
const cancelled: FollowUpEvent = { type: 'FollowUpCancelled', data: about };
const missed: FollowUpEvent = { type: 'FollowUpMissed', data: about };

const schedule = (changes: Partial<FollowUpPlan> = {}): FollowUpCommand => ({
  type: 'ScheduleFollowUp',
  data: { ...plan, ...changes },
});
const reschedule = (plannedFor: string): FollowUpCommand => ({
  type: 'RescheduleFollowUp',
  data: { plannedFor },
});
const hold = (on: string): FollowUpCommand => ({ type: 'HoldFollowUp', data: { on, with: [] } });
const recordOutcome: FollowUpCommand = { type: 'RecordFollowUpOutcome', data: outcome };
const cancel: FollowUpCommand = { type: 'CancelFollowUp', data: {} };
const miss: FollowUpCommand = { type: 'RecordFollowUpMissed', data: {} };

describe('scheduling a follow-up', () => {
  test('puts it on record as planned', () => {
    given(followUp).when(schedule(), around).happens(scheduled);
  });

  test('needs no date yet, but a date that is given exists', () => {
    const undated = { ...plan, plannedFor: undefined };
    given(followUp)
      .when(schedule({ plannedFor: undefined }), around)
      .happens({ type: 'FollowUpScheduled', data: undated });
    given(followUp)
      .when(schedule({ plannedFor: '2026-13' }), around)
      .isRefused('no-such-date', { as: Malformed, at: '/plannedFor' });
  });
});

describe('moving a follow-up', () => {
  test('gives it a new time, also after it was missed', () => {
    given(followUp, scheduled).when(reschedule('2026-02'), around).happens(rescheduled);
    given(followUp, scheduled, missed).when(reschedule('2026-02'), around).happens(rescheduled);
  });

  test('needs a time that exists', () => {
    given(followUp, scheduled)
      .when(reschedule('2026-02-30'), around)
      .isRefused('no-such-date', { as: Malformed, at: '/plannedFor' });
  });
});

describe('holding a follow-up', () => {
  test('repeats what it is about, so that it is found from the commitment too', () => {
    given(followUp, scheduled).when(hold('2026-01-15'), around).happens(held);
  });

  test('cannot lie in the future, and needs a date that exists', () => {
    given(followUp, scheduled).when(hold('2026-01-17'), around).isRefused('not-yet', { at: '/on' });
    given(followUp, scheduled).when(hold('2026-02'), around).isRefused('not-yet', { at: '/on' });
    given(followUp, scheduled)
      .when(hold('2025-02-29'), around)
      .isRefused('no-such-date', { as: Malformed, at: '/on' });
  });

  test('may be known to the month only, as soon as that month has begun', () => {
    given(followUp, scheduled)
      .when(hold('2026-01'), around)
      .happens({ type: 'FollowUpHeld', data: { on: '2026-01', with: [], ...about } });
  });
});

test('what came of a follow-up is recorded after it was held, by each side if need be', () => {
  given(followUp, scheduled, held).when(recordOutcome, around).happens(recorded);
  given(followUp, scheduled, held, recorded).when(recordOutcome, around).happens(recorded);
  given(followUp, scheduled).when(recordOutcome, around).isRefused('follow-up-scheduled');
});

test('a follow-up is cancelled for a reason', () => {
  given(followUp, scheduled).when(cancel, why).happens(cancelled);
  given(followUp, scheduled)
    .when(cancel, around)
    .isRefused('reason-missing', { as: Malformed, at: '/reason' });
});

describe('a follow-up is missed', () => {
  test('when its planned time has ended everywhere on earth', () => {
    // The 13th ends last at noon UTC on the 14th, west of Hawaii.
    const at = (now: string) => given(followUp, scheduled).when(miss, { ...around, now });
    at('2026-01-14T12:00:00Z').happens(missed);
    at('2026-01-14T11:59:59Z').isRefused('not-over');
  });

  test('by the time it was moved to, not by the first', () => {
    given(followUp, scheduled, rescheduled).when(miss, around).isRefused('not-over');
    given(followUp, scheduled, rescheduled)
      .when(miss, { ...around, now: '2026-03-02T00:00:00Z' })
      .happens(missed);
  });

  test('only when there was a time to miss', () => {
    const undated: FollowUpEvent = { type: 'FollowUpScheduled', data: { ...plan, plannedFor: undefined } };
    given(followUp, undated).when(miss, around).isRefused('no-planned-time');
  });
});

describe('what is asked of a follow-up, state by state', () => {
  const histories: Record<string, readonly FollowUpEvent[]> = {
    unknown: [],
    scheduled: [scheduled],
    held: [scheduled, held],
    cancelled: [scheduled, cancelled],
    missed: [scheduled, missed],
  };
  const commands: Record<FollowUpCommand['type'], FollowUpCommand> = {
    ScheduleFollowUp: schedule(),
    RescheduleFollowUp: reschedule('2026-02'),
    HoldFollowUp: hold('2026-01-15'),
    RecordFollowUpOutcome: recordOutcome,
    CancelFollowUp: cancel,
    RecordFollowUpMissed: miss,
  };
  /** The state that each command leads to, by the state before it; `-` where it is refused. */
  const table: Record<FollowUpCommand['type'], string> = {
    //                       unknown   scheduled held cancelled missed
    ScheduleFollowUp: '        scheduled -         -    -         -',
    RescheduleFollowUp: '      -         scheduled -    -         scheduled',
    HoldFollowUp: '            -         held      -    -         held',
    RecordFollowUpOutcome: '   -         -         held -         -',
    CancelFollowUp: '          -         cancelled -    -         cancelled',
    RecordFollowUpMissed: '    -         missed    -    -         -',
  };
  const cases = (Object.keys(table) as FollowUpCommand['type'][]).flatMap((type) => {
    const after = table[type].trim().split(/\s+/);
    return Object.keys(histories).map((before, index) => ({ type, before, after: after[index]! }));
  });
  const refusalOf = (type: FollowUpCommand['type'], before: string) => {
    if (type === 'ScheduleFollowUp') return 'follow-up-already-scheduled';
    return before === 'unknown' ? 'no-such-follow-up' : `follow-up-${before}`;
  };

  test.each(cases)('$type, when it is $before: $after', ({ type, before, after }) => {
    const history = histories[before]!;
    expect(fold(followUp, history).status).toBe(before);
    const outcome = given(followUp, ...history).when(commands[type], why);
    if (after === '-') {
      expect([outcome.events, outcome.refusal?.code]).toEqual([undefined, refusalOf(type, before)]);
    } else {
      expect(outcome.events).toMatchObject([{ data: about }]);
      expect(fold(followUp, [...history, ...outcome.events!]).status).toBe(after);
    }
  });
});
