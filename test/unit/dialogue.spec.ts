import {
  type Announcement,
  dialogue,
  type DialogueCommand,
  type DialogueEvent,
  mustBeOngoing,
  partiesNow,
} from '../../src/domain/dialogue.js';
import { Malformed, NotFound, Refusal } from '../../src/domain/refusal.js';
import { type VerificationRule, verificationRuleFor } from '../../src/domain/verification-rule.js';
import { asked, given, parties } from './scenario.js';

const around = { ...asked, reason: undefined };
const france = { code: 'FR', names: { en: 'France' }, zone: 'Europe/Paris' };

const announcement: Announcement = {
  slug: 'river-and-soil',
  titles: { en: 'River and Soil Dialogue' },
  parties,
  level: 'vice-ministerial',
  invented: false,
};

const announce = (changes: Partial<Announcement> = {}): DialogueCommand => ({
  type: 'AnnounceDialogue',
  data: { ...announcement, ...changes },
});
const announced: DialogueEvent = { type: 'DialogueAnnounced', data: announcement };
const joined: DialogueEvent = { type: 'PartyJoined', data: france };
const left: DialogueEvent = { type: 'PartyLeft', data: { code: 'FR', on: '2026-01-10' } };
const concluded: DialogueEvent = { type: 'DialogueConcluded', data: { on: '2026-01-14' } };

const join = (changes: Partial<typeof france> = {}): DialogueCommand => ({
  type: 'JoinDialogue',
  data: { ...france, ...changes },
});
const leave = (code: string, on = '2026-01-10'): DialogueCommand => ({
  type: 'LeaveDialogue',
  data: { code, on },
});
const changeCadence = (cadence: string): DialogueCommand => ({ type: 'ChangeCadence', data: { cadence } });
const setRule = (data: VerificationRule): DialogueCommand => ({ type: 'SetVerificationRule', data });
const conclude = (on = '2026-01-14'): DialogueCommand => ({ type: 'ConcludeDialogue', data: { on } });

describe('announcing a dialogue', () => {
  test('puts it on record as it was announced', () => {
    given(dialogue).when(announce(), around).happens(announced);
  });

  test('is remembered with its parties, which later decisions look up', () => {
    expect(given(dialogue, announced).state).toEqual(announcement);
  });

  test('happens once', () => {
    given(dialogue, announced)
      .when(announce(), around)
      .isRefused('dialogue-already-announced', { at: '/slug' });
  });

  test('cannot take the name of the log that all dialogues share', () => {
    given(dialogue)
      .when(announce({ slug: 'registry' }), around)
      .isRefused('slug-reserved', { as: Malformed, at: '/slug' });
  });

  test('takes at least two parties', () => {
    given(dialogue)
      .when(announce({ parties: [parties[0]] }), around)
      .isRefused('too-few-parties', { as: Malformed, at: '/parties' });
  });

  test('names each party once', () => {
    given(dialogue)
      .when(announce({ parties: [...parties, { ...parties[1], zone: 'UTC' }] }), around)
      .isRefused('party-named-twice', { as: Malformed, at: '/parties' });
  });

  test('needs a known time zone of every party, because days end in it', () => {
    given(dialogue)
      .when(announce({ parties: [parties[0], { ...parties[1], zone: 'Asia/Edo' }] }), around)
      .isRefused('unknown-zone', { as: Malformed, at: '/parties/1/zone' });
  });
});

describe('a party that joins', () => {
  test('takes part from then on', () => {
    given(dialogue, announced).when(join(), around).happens(joined);
    expect(partiesNow(given(dialogue, announced, joined).state!).map(({ code }) => code)).toEqual([
      'IN',
      'JP',
      'FR',
    ]);
  });

  test('is not one already', () => {
    given(dialogue, announced, joined).when(join(), around).isRefused('already-a-party', { at: '/code' });
    given(dialogue, announced)
      .when(join({ code: 'IN' }), around)
      .isRefused('already-a-party', { at: '/code' });
  });

  test('has a zone in which its days end', () => {
    given(dialogue, announced)
      .when(join({ zone: 'Europe/Lutetia' }), around)
      .isRefused('unknown-zone', { as: Malformed, at: '/zone' });
  });

  test('may have left before, and takes part again', () => {
    given(dialogue, announced, joined, left).when(join(), around).happens(joined);
    const { state } = given(dialogue, announced, joined, left, joined);
    expect(partiesNow(state!)).toHaveLength(3);
    expect(state!.parties).toHaveLength(3);
  });
});

describe('a party that leaves', () => {
  test('stays known with the day it left, so that what it undertook can be named', () => {
    given(dialogue, announced, joined).when(leave('FR'), around).happens(left);
    const state = given(dialogue, announced, joined, left).state!;
    expect(partiesNow(state).map(({ code }) => code)).toEqual(['IN', 'JP']);
    expect(state.parties.at(-1)).toEqual({ ...france, left: '2026-01-10' });
  });

  test('leaves at least two', () => {
    given(dialogue, announced).when(leave('JP'), around).isRefused('too-few-parties', { at: '/code' });
    given(dialogue, announced, joined, left)
      .when(leave('JP'), around)
      .isRefused('too-few-parties', { at: '/code' });
  });

  test('is one that takes part', () => {
    given(dialogue, announced, joined)
      .when(leave('US'), around)
      .isRefused('unknown-party', { as: NotFound, at: '/code' });
    given(dialogue, announced, joined, left)
      .when(leave('FR'), around)
      .isRefused('unknown-party', { as: NotFound, at: '/code' });
  });

  test('has left already: a departure to come is not recorded', () => {
    given(dialogue, announced, joined)
      .when(leave('FR', '2026-01-17'), around)
      .isRefused('not-yet', { at: '/on' });
  });
});

test('the cadence changes to another one', () => {
  const yearly: DialogueEvent = { type: 'CadenceChanged', data: { cadence: 'yearly' } };
  given(dialogue, announced).when(changeCadence('yearly'), around).happens(yearly);
  expect(given(dialogue, announced, yearly).state).toEqual({ ...announcement, cadence: 'yearly' });
  given(dialogue, announced, yearly)
    .when(changeCadence('yearly'), around)
    .isRefused('cadence-unchanged', { at: '/cadence' });
});

describe('a verification rule', () => {
  const rule = { from: '2026-01-15', answerWithinDays: 30 };
  const set = (data: VerificationRule): DialogueEvent => ({ type: 'VerificationRuleSet', data });

  test('holds from a day that has begun nowhere on earth: no claim can have been made on it', () => {
    // 10:00 UTC on the 14th is the first minute of the 15th in Kiritimati.
    const at = (now: string) => given(dialogue, announced).when(setRule(rule), { ...around, now });
    at('2026-01-14T09:59:59.999Z').happens(set(rule));
    at('2026-01-14T10:00:00Z').isRefused('rule-reaches-back', { at: '/from' });
    at('2026-02-14T10:00:00Z').isRefused('rule-reaches-back', { at: '/from' });
  });

  test('may hold from any later day, and say that no claim is ever called unanswered', () => {
    given(dialogue, announced)
      .when(setRule({ from: '2027-01-01' }), around)
      .happens(set({ from: '2027-01-01' }));
  });

  test('needs a day that exists', () => {
    given(dialogue, announced)
      .when(setRule({ from: '2026-02-30' }), around)
      .isRefused('no-such-date', { as: Malformed, at: '/from' });
  });

  test('applies to claims made from its day on, never to one that may have been made before', () => {
    const state = given(dialogue, announced, set(rule), set({ from: '2026-06-01' })).state!;
    expect(verificationRuleFor(state, '2026-01-14')).toBeUndefined();
    expect(verificationRuleFor(state, '2026-01')).toBeUndefined();
    expect(verificationRuleFor(state, '2026-01-15')).toEqual(rule);
    expect(verificationRuleFor(state, '2026-05-31')).toEqual(rule);
    expect(verificationRuleFor(state, '2026-06')).toEqual({ from: '2026-06-01' });
    expect(verificationRuleFor(given(dialogue, announced).state!, '2026-06')).toBeUndefined();
  });
});

describe('concluding a dialogue', () => {
  const why = { ...around, reason: 'Its work is done.' };

  test('needs a reason and a day that has come', () => {
    given(dialogue, announced).when(conclude(), why).happens(concluded);
    given(dialogue, announced)
      .when(conclude(), around)
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
    given(dialogue, announced).when(conclude('2026-01-17'), why).isRefused('not-yet', { at: '/on' });
  });

  test('is remembered with its reason, and nothing new follows it', () => {
    const { state } = given(dialogue, announced, { ...concluded, reason: why.reason });
    expect(state?.concluded).toEqual({ on: '2026-01-14', reason: why.reason });
    expect(() => mustBeOngoing(state!)).toThrow(expect.objectContaining({ code: 'dialogue-concluded' }));
    expect(() => mustBeOngoing(state!)).toThrow(Refusal);
    expect(() => mustBeOngoing(given(dialogue, announced).state!)).not.toThrow();
  });
});

describe('what is asked of a dialogue, state by state', () => {
  const commands: readonly DialogueCommand[] = [
    announce(),
    join(),
    leave('IN'),
    changeCadence('yearly'),
    setRule({ from: '2026-02-01' }),
    conclude(),
  ];
  const states: readonly [string, readonly DialogueEvent[], string | undefined, string | undefined][] = [
    // What is on record, its history, why it cannot be announced, why nothing else can be asked.
    ['nothing', [], undefined, 'no-such-dialogue'],
    [
      'a dialogue',
      [announced, { type: 'PartyJoined', data: { ...france, code: 'DE' } }],
      'dialogue-already-announced',
      undefined,
    ],
    ['a concluded dialogue', [announced, concluded], 'dialogue-already-announced', 'dialogue-concluded'],
  ];
  const table = states.flatMap(([on, history, announcing, others]) =>
    commands.map((command) => ({
      on,
      history,
      command,
      type: command.type,
      refusal: command.type === 'AnnounceDialogue' ? announcing : others,
    })),
  );

  test.each(table)('with $on on record, $type: $refusal', ({ history, command, refusal }) => {
    const state = given(dialogue, ...history);
    const outcome = state.when(command, { ...around, reason: 'Said in the minutes.' });
    expect(outcome.refusal?.code).toBe(refusal);
    expect(outcome.events).toEqual(refusal ? undefined : [expect.anything()]);
  });
});
