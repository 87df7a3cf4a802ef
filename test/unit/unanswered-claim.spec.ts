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

describe('a claim that waits for its keys is called unanswered', () => {
  test('after the days that the rule allows have ended', () => {
    expect(unansweredForDays(announcement, '2026-01-31', '2026-03-02')).toBeUndefined();
    expect(unansweredForDays(announcement, '2026-01-30', '2026-03-02')).toBe(31);
  });

  test('never when it was made before there was a rule, or under one without a limit', () => {
    expect(unansweredForDays(announcement, '2025-12-31', '2026-03-02')).toBeUndefined();
    const without = { ...announcement, verificationRules: [{ from: '2026-01-01' }] };
    expect(unansweredForDays(without, '2026-01-01', '2026-03-02')).toBeUndefined();
  });

  test('from the last day that it may have been made on, where that is not known', () => {
    expect(unansweredForDays(announcement, '2026-01', '2026-03-02')).toBeUndefined();
    expect(unansweredForDays(announcement, '2026-01', '2026-03-03')).toBe(31);
  });
});
