import { fold } from '../../src/domain/decider.js';
import { Forbidden, Malformed, NotFound } from '../../src/domain/refusal.js';
import {
  type CoChair,
  round,
  type RoundCircumstances,
  type RoundCommand,
  type RoundEvent,
  type RoundMove,
  type RoundPlan,
} from '../../src/domain/round.js';
import { asked, given, parties } from './scenario.js';

const around: RoundCircumstances = {
  ...asked,
  parties,
  reason: undefined,
  jointDocument: false,
  jointSource: false,
  review: { asOf: 7, commitments: [] },
};
const why: RoundCircumstances = { ...around, reason: 'Elections' };

const plan: RoundPlan = { number: 2, plannedFor: '2026-01', zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };
const scheduled: RoundEvent = { type: 'RoundScheduled', data: plan };
const rescheduled: RoundEvent = { type: 'RoundRescheduled', data: { plannedFor: '2026-03' } };
const postponed: RoundEvent = { type: 'RoundPostponed', data: {} };
const held: RoundEvent = { type: 'RoundHeld', data: { on: '2026-01-15' } };
const cancelled: RoundEvent = { type: 'RoundCancelled', data: {} };
const closed: RoundEvent = {
  type: 'RoundClosed',
  data: { on: '2026-01-15', lapsed: [], carryOver: [], asOf: 7 },
};
const coChair: CoChair = { party: 'JP', name: 'H. Sato', office: { en: 'Vice-Minister' } };
const named: RoundEvent = { type: 'CoChairNamed', data: coChair };
const adopted: RoundEvent = { type: 'OutcomeDocumentAdopted', data: { document: 'minutes' } };

const schedule = (changes: Partial<RoundPlan> = {}): RoundCommand => ({
  type: 'ScheduleRound',
  data: { ...plan, ...changes },
});
const reschedule = (changes: Partial<RoundMove> = {}): RoundCommand => ({
  type: 'RescheduleRound',
  data: { plannedFor: '2026-03', ...changes },
});
const postpone: RoundCommand = { type: 'PostponeRound', data: {} };
const cancel: RoundCommand = { type: 'CancelRound', data: {} };
const hold = (on: string): RoundCommand => ({ type: 'HoldRound', data: { on } });
const nameCoChair = (changes: Partial<CoChair> = {}): RoundCommand => ({
  type: 'NameCoChair',
  data: { ...coChair, ...changes },
});
const adopt: RoundCommand = { type: 'AdoptOutcomeDocument', data: { document: 'minutes' } };
const close = (on = '2026-01-15'): RoundCommand => ({ type: 'CloseRound', data: { on, lapsed: [] } });

describe('scheduling a round', () => {
  test('puts it on record as planned', () => {
    given(round).when(schedule(), around).happens(scheduled);
  });

  test('is refused for a day that does not exist', () => {
    given(round)
      .when(schedule({ plannedFor: '2026-02-29' }), around)
      .isRefused('no-such-date', { as: Malformed, at: '/plannedFor' });
  });

  test('is refused for a time zone that does not exist', () => {
    given(round)
      .when(schedule({ zone: 'Asia/Edo' }), around)
      .isRefused('unknown-zone', { as: Malformed, at: '/zone' });
  });
});

describe('moving a round', () => {
  test('gives it a new time, and a new place where it is held elsewhere', () => {
    given(round, scheduled).when(reschedule(), why).happens(rescheduled);
    const elsewhere = { plannedFor: '2026-03-02', zone: 'Asia/Kolkata', place: { en: 'New Delhi' } };
    given(round, scheduled)
      .when(reschedule(elsewhere), why)
      .happens({ type: 'RoundRescheduled', data: elsewhere });
  });

  test('needs a reason, a day and a zone that exist', () => {
    given(round, scheduled)
      .when(reschedule(), around)
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
    given(round, scheduled)
      .when(reschedule({ plannedFor: '2026-02-29' }), why)
      .isRefused('no-such-date', { as: Malformed, at: '/plannedFor' });
    given(round, scheduled)
      .when(reschedule({ zone: 'Asia/Edo' }), why)
      .isRefused('unknown-zone', { as: Malformed, at: '/zone' });
  });

  test('brings back one that was postponed', () => {
    given(round, scheduled, postponed).when(reschedule(), why).happens(rescheduled);
  });
});

test('a round is postponed or cancelled for a reason', () => {
  given(round, scheduled).when(postpone, why).happens(postponed);
  given(round, scheduled)
    .when(postpone, around)
    .isRefused('reason-missing', { as: Malformed, at: '/reason' });
  given(round, scheduled).when(cancel, why).happens(cancelled);
  given(round, scheduled).when(cancel, around).isRefused('reason-missing', { as: Malformed, at: '/reason' });
});

describe('holding a round', () => {
  test('is put on record once it was scheduled', () => {
    given(round, scheduled).when(hold('2026-01-15'), around).happens(held);
    given(round).when(hold('2026-01-15'), around).isRefused('no-such-round', { as: NotFound });
  });

  test('cannot lie in the future: a day counts from when it begins first on earth', () => {
    // 10:00 UTC on the 14th is the first minute of the 15th in Kiritimati.
    const at = (now: string) => given(round, scheduled).when(hold('2026-01-15'), { ...around, now });
    at('2026-01-14T10:00:00Z').happens(held);
    at('2026-01-14T09:59:59.999Z').isRefused('not-yet', { at: '/on' });
  });

  test('needs a day that exists', () => {
    given(round, scheduled)
      .when(hold('2025-02-29'), around)
      .isRefused('no-such-date', { as: Malformed, at: '/on' });
  });
});

describe('a co-chair', () => {
  test('is named before the round is held or after it', () => {
    given(round, scheduled).when(nameCoChair(), around).happens(named);
    given(round, scheduled, held).when(nameCoChair(), around).happens(named);
  });

  test('is named once per party', () => {
    given(round, scheduled, named)
      .when(nameCoChair({ name: 'K. Ito' }), around)
      .isRefused('co-chair-already-named', { at: '/party' });
    given(round, scheduled, named)
      .when(nameCoChair({ party: 'IN' }), around)
      .happens({ type: 'CoChairNamed', data: { ...coChair, party: 'IN' } });
  });

  test.each<[string, RoundEvent]>([
    ['held', held],
    ['moved', rescheduled],
    ['postponed', postponed],
  ])('is not forgotten when the round is %s', (_what, event) => {
    given(round, scheduled, named, event)
      .when(nameCoChair(), around)
      .isRefused('co-chair-already-named', { at: '/party' });
  });

  test('chairs for a party of the dialogue', () => {
    given(round, scheduled)
      .when(nameCoChair({ party: 'FR' }), around)
      .isRefused('unknown-party', { as: NotFound, at: '/party' });
  });
});

describe('an outcome document', () => {
  test('is one that all parties put their name to', () => {
    given(round, scheduled, held)
      .when(adopt, { ...around, jointDocument: true })
      .happens(adopted);
    given(round, scheduled, held).when(adopt, around).isRefused('document-not-joint', { at: '/document' });
  });

  test('is adopted once', () => {
    given(round, scheduled, held, adopted)
      .when(adopt, { ...around, jointDocument: true })
      .isRefused('outcome-already-adopted', { at: '/document' });
  });
});

describe('closing a round', () => {
  const review = { asOf: 41, commitments: [{ id: 'ENV-3', status: 'agreed' as const }] };

  test('fixes what is carried over, and as of which position of the log', () => {
    given(round, scheduled, held)
      .when(close(), { ...around, review })
      .happens({
        type: 'RoundClosed',
        data: { on: '2026-01-15', lapsed: [], carryOver: ['ENV-3'], asOf: 41 },
      });
  });

  test('is refused while a proposal is undecided', () => {
    const commitments = [{ id: 'ENV-3', status: 'proposed' as const, round: 2 }];
    given(round, scheduled, held)
      .when(close(), { ...around, review: { asOf: 41, commitments } })
      .isRefused('proposals-undecided');
  });

  test('lets nothing lapse by the word of one side: it takes a recorder of none, or a joint document', () => {
    const lapsing: RoundCommand = { type: 'CloseRound', data: { on: '2026-01-15', lapsed: ['ENV-3'] } };
    const india: RoundCircumstances = {
      ...around,
      review,
      actor: { id: 'in', role: 'secretariat', party: 'IN' },
    };
    const ends: RoundEvent = {
      type: 'RoundClosed',
      data: { on: '2026-01-15', lapsed: ['ENV-3'], carryOver: [], asOf: 41 },
    };
    const start = given(round, scheduled, held);
    start.when(lapsing, india).isRefused('takes-every-side', { as: Forbidden, at: '/lapsed' });
    start.when(lapsing, { ...india, jointSource: true }).happens(ends);
    start.when(lapsing, { ...around, review, actor: { id: 'r', role: 'recorder' } }).happens(ends);
    // To close it and let nothing lapse takes nothing from anyone.
    start.when(close(), india).happens({
      type: 'RoundClosed',
      data: { on: '2026-01-15', lapsed: [], carryOver: ['ENV-3'], asOf: 41 },
    });
  });

  test('happens on a day that has come, and not before the round was held', () => {
    given(round, scheduled, held).when(close('2026-01-17'), around).isRefused('not-yet', { at: '/on' });
    given(round, scheduled, held)
      .when(close('2026-01-14'), around)
      .isRefused('closed-before-held', { at: '/on' });
  });
});

describe('what is asked of a round, state by state', () => {
  const histories: Record<string, readonly RoundEvent[]> = {
    unknown: [],
    scheduled: [scheduled],
    postponed: [scheduled, postponed],
    held: [scheduled, held],
    closed: [scheduled, held, closed],
    cancelled: [scheduled, cancelled],
  };
  const commands: Record<RoundCommand['type'], RoundCommand> = {
    ScheduleRound: schedule(),
    RescheduleRound: reschedule(),
    PostponeRound: postpone,
    HoldRound: hold('2026-01-15'),
    NameCoChair: nameCoChair(),
    AdoptOutcomeDocument: adopt,
    CloseRound: close(),
    CancelRound: cancel,
  };
  /** The state that each command leads to, by the state before it; `-` where it is refused. */
  const table: Record<RoundCommand['type'], string> = {
    //                    unknown   scheduled postponed held   closed cancelled
    ScheduleRound: '        scheduled -         -         -      -      -',
    RescheduleRound: '      -         scheduled scheduled -      -      -',
    PostponeRound: '        -         postponed -         -      -      -',
    HoldRound: '            -         held      held      -      -      -',
    NameCoChair: '          -         scheduled postponed held   closed -',
    AdoptOutcomeDocument: ' -         -         -         held   closed -',
    CloseRound: '           -         -         -         closed -      -',
    CancelRound: '          -         cancelled cancelled -      -      -',
  };
  const cases = (Object.keys(table) as RoundCommand['type'][]).flatMap((type) => {
    const after = table[type].trim().split(/\s+/);
    return Object.keys(histories).map((before, index) => ({ type, before, after: after[index]! }));
  });
  const refusalOf = (type: RoundCommand['type'], before: string) => {
    if (type === 'ScheduleRound') return 'round-number-taken';
    return before === 'unknown' ? 'no-such-round' : `round-${before}`;
  };

  test.each(cases)('$type, when it is $before: $after', ({ type, before, after }) => {
    const history = histories[before]!;
    expect(fold(round, history).status).toBe(before);
    const outcome = given(round, ...history).when(commands[type], { ...why, jointDocument: true });
    if (after === '-') {
      expect([outcome.events, outcome.refusal?.code]).toEqual([undefined, refusalOf(type, before)]);
    } else {
      expect(fold(round, [...history, ...(outcome.events ?? [])]).status).toBe(after);
      expect(outcome.events).toHaveLength(1);
    }
  });
});
