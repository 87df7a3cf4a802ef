import { dialogue, type DialogueCommand, type DialogueEvent } from '../../src/domain/dialogue.js';
import { DEFAULT_HOUR, defaultPolicy, type ReminderPolicy } from '../../src/domain/reminder-policy.js';
import { fold } from '../../src/domain/decider.js';

const announced: DialogueEvent = {
  type: 'DialogueAnnounced',
  data: {
    slug: 'talks',
    titles: { en: 'Talks' },
    parties: [
      { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
      { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
    ],
    level: 'directors',
    invented: false,
  },
};
const circumstances = {
  actor: { id: 'clerk', role: 'secretariat', party: 'IN' },
  now: '2026-03-01T00:00:00Z',
  reason: undefined,
} as never;
const set = (data: ReminderPolicy): DialogueCommand => ({ type: 'SetReminderPolicy', data });
const decided = (policy: ReminderPolicy) =>
  dialogue.decide(fold(dialogue, [announced]), set(policy), circumstances);

describe('the reminder policy of a dialogue', () => {
  test('is changed by an event, and the last one set holds', () => {
    const weekly = { ...defaultPolicy, weeks: 2 };
    expect(decided(weekly)).toEqual([{ type: 'ReminderPolicySet', data: weekly }]);
    const events: DialogueEvent[] = [
      announced,
      { type: 'ReminderPolicySet', data: defaultPolicy },
      { type: 'ReminderPolicySet', data: weekly },
    ];
    expect(fold(dialogue, events)?.reminderPolicy).toEqual(weekly);
  });

  test('is the default while none is set: 30, 7 and 1 days before, the day after, 8 weeks, then monthly, at nine', () => {
    expect(fold(dialogue, [announced])?.reminderPolicy).toBeUndefined();
    expect(defaultPolicy).toEqual({
      daysBefore: [30, 7, 1],
      daysAfter: [1],
      weeks: 8,
      monthly: true,
      reviewEveryDays: 90,
      silentAfterDays: 60,
      escalation: { headOfDivision: 7, secretariats: 21, coChairs: 45, coChairsBeforeRound: 14 },
    });
    expect(DEFAULT_HOUR).toBe(9);
  });

  const { escalation } = defaultPolicy;
  test.each<[string, Partial<ReminderPolicy>, string]>([
    ['nearer days before the end stand first', { daysBefore: [1, 7] }, '/daysBefore'],
    ['a day before the end is named twice', { daysBefore: [7, 7] }, '/daysBefore'],
    ['later days after the end stand first', { daysAfter: [3, 1] }, '/daysAfter'],
    [
      'the secretariats hear of it with the head of division',
      { escalation: { ...escalation, secretariats: 7 } },
      '/escalation/secretariats',
    ],
    [
      'the co-chairs’ offices hear of it before the secretariats',
      { escalation: { ...escalation, coChairs: 20 } },
      '/escalation/coChairs',
    ],
  ])('is refused where %s, and the field is named', (_what, change, field) => {
    expect(() => decided({ ...defaultPolicy, ...change })).toThrow(
      expect.objectContaining({ code: 'steps-out-of-order', field }),
    );
  });
});
