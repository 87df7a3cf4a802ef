import { type Announcement, dialogue, type DialogueCommand } from '../../src/domain/dialogue.js';
import { Malformed } from '../../src/domain/refusal.js';
import { asked, given, parties } from './scenario.js';

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

describe('a dialogue', () => {
  test('comes on record as it was announced', () => {
    given(dialogue).when(announce(), asked).happens({ type: 'DialogueAnnounced', data: announcement });
  });

  test('is remembered with its parties, which later decisions look up', () => {
    const { state } = given(dialogue, { type: 'DialogueAnnounced', data: announcement });
    expect(state).toEqual({ announced: true, ...announcement });
  });

  test('is announced once', () => {
    given(dialogue, { type: 'DialogueAnnounced', data: announcement })
      .when(announce(), asked)
      .isRefused('dialogue-already-announced', { at: '/slug' });
  });

  test('cannot take the name of the log that all dialogues share', () => {
    given(dialogue)
      .when(announce({ slug: 'registry' }), asked)
      .isRefused('slug-reserved', { at: '/slug' });
  });

  test('has at least two parties', () => {
    given(dialogue)
      .when(announce({ parties: [parties[0]] }), asked)
      .isRefused('too-few-parties', { at: '/parties' });
  });

  test('names each party once', () => {
    given(dialogue)
      .when(announce({ parties: [...parties, { ...parties[1], zone: 'UTC' }] }), asked)
      .isRefused('party-named-twice', { at: '/parties' });
  });

  test('needs a known time zone of every party, because days end in it', () => {
    given(dialogue)
      .when(announce({ parties: [parties[0], { ...parties[1], zone: 'Asia/Edo' }] }), asked)
      .isRefused('unknown-zone', { as: Malformed, at: '/parties/1/zone' });
  });
});
