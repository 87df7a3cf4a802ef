import { Malformed, NotFound } from '../../src/domain/refusal.js';
import {
  type CoChair,
  round,
  type RoundCommand,
  type RoundEvent,
  type RoundPlan,
} from '../../src/domain/round.js';
import { asked, given, parties } from './scenario.js';

const around = { ...asked, parties };

const plan: RoundPlan = { number: 2, plannedFor: '2026-01', zone: 'Asia/Tokyo', place: { en: 'Tokyo' } };
const scheduled: RoundEvent = { type: 'RoundScheduled', data: plan };
const held: RoundEvent = { type: 'RoundHeld', data: { on: '2026-01-15' } };
const coChair: CoChair = { party: 'JP', name: 'H. Sato', office: { en: 'Vice-Minister' } };
const named: RoundEvent = { type: 'CoChairNamed', data: coChair };

const schedule = (changes: Partial<RoundPlan> = {}): RoundCommand => ({
  type: 'ScheduleRound',
  data: { ...plan, ...changes },
});
const hold = (on: string): RoundCommand => ({ type: 'HoldRound', data: { on } });
const nameCoChair = (changes: Partial<CoChair> = {}): RoundCommand => ({
  type: 'NameCoChair',
  data: { ...coChair, ...changes },
});

describe('scheduling a round', () => {
  test('puts it on record as planned', () => {
    given(round).when(schedule(), around).happens(scheduled);
  });

  test('is refused when its number is taken, by a planned round or by one that was held', () => {
    given(round, scheduled).when(schedule(), around).isRefused('round-number-taken', { at: '/number' });
    given(round, scheduled, held).when(schedule(), around).isRefused('round-number-taken', { at: '/number' });
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

describe('holding a round', () => {
  test('is put on record once it was scheduled', () => {
    given(round, scheduled).when(hold('2026-01-15'), around).happens(held);
    given(round).when(hold('2026-01-15'), around).isRefused('no-such-round', { as: NotFound });
  });

  test('happens once', () => {
    given(round, scheduled, held).when(hold('2026-01-15'), around).isRefused('round-already-held');
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

  test('is not forgotten when the round is held', () => {
    given(round, scheduled, named, held)
      .when(nameCoChair(), around)
      .isRefused('co-chair-already-named', { at: '/party' });
  });

  test('chairs for a party of the dialogue, at a round that is on record', () => {
    given(round, scheduled)
      .when(nameCoChair({ party: 'FR' }), around)
      .isRefused('unknown-party', { as: NotFound, at: '/party' });
    given(round).when(nameCoChair(), around).isRefused('no-such-round', { as: NotFound });
  });
});
