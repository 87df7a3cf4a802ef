import type { Dialogue } from '../../src/domain/dialogue.js';
import { unansweredForDays } from '../../src/read-models/unanswered-claim.js';
import { parties } from './scenario.js';

const announcement: Dialogue = {
  slug: 'river-and-soil',
  titles: { en: 'River and Soil Dialogue' },
  parties,
  level: 'Directors',
  invented: false,
  verificationRules: [{ from: '2026-01-01', answerWithinDays: 30 }],
};
const todays = [
  { party: 'IN', today: '2026-03-02' },
  { party: 'JP', today: '2026-03-03' },
];
const known = { announcement, todays, position: 1 };

describe('a claim that waits for its keys is called unanswered', () => {
  test('after the days that the rule allows have ended for every party', () => {
    expect(unansweredForDays(known, '2026-01-31')).toBeUndefined();
    expect(unansweredForDays(known, '2026-01-30')).toBe(31);
  });

  test('never when it was made before there was a rule, or under one without a limit', () => {
    expect(unansweredForDays(known, '2025-12-31')).toBeUndefined();
    const without = { ...announcement, verificationRules: [{ from: '2026-01-01' }] };
    expect(unansweredForDays({ ...known, announcement: without }, '2026-01-01')).toBeUndefined();
  });

  test('from the last day that it may have been made on, where that is not known', () => {
    expect(unansweredForDays(known, '2026-01')).toBeUndefined();
    const later = todays.map(({ party }) => ({ party, today: '2026-03-03' }));
    expect(unansweredForDays({ ...known, todays: later }, '2026-01')).toBe(31);
  });
});
