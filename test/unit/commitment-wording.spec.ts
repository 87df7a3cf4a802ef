import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentEvent, Rewording } from '../../src/domain/commitment/events.js';
import { latestWording, wordingOn } from '../../src/domain/commitment/wording.js';
import { Forbidden, Malformed } from '../../src/domain/refusal.js';
import { agreed, jointProposal, open, played, proposed, says } from './commitments.js';
import { given, indianSecretariat, japaneseSecretariat, recorder } from './scenario.js';

const amend = (from: string, changes: Rewording): CommitmentCommand => ({
  type: 'AmendCommitment',
  data: { from, changes },
});
const amended = (from: string, changes: Rewording): CommitmentEvent => ({
  type: 'CommitmentAmended',
  data: { from, changes },
});
const correct = (changes: Rewording & { round?: number }): CommitmentCommand => ({
  type: 'CorrectCommitment',
  data: { changes },
});
const corrected = (changes: Rewording & { round?: number }): CommitmentEvent => ({
  type: 'CommitmentCorrected',
  data: { changes },
});
const four = { text: { en: 'Four districts.' } };
const five = { text: { en: 'Five districts.' } };
const twice = {
  criteria: [
    { id: 'c', text: { en: 'A' } },
    { id: 'c', text: { en: 'B' } },
  ],
};
const joint = says(recorder, { jointSource: true });
const mistaken = says(recorder, { reason: 'Misread.' });

describe('an amendment', () => {
  test('takes a joint document, or the word of each side', () => {
    open(jointProposal).when(amend('2026-06-01', four), joint).happens(amended('2026-06-01', four));
    open(jointProposal)
      .when(amend('2026-06-01', four), says(recorder))
      .isRefused('takes-every-side', { as: Forbidden });
    const half = played(
      [[amend('2026-06-01', four), says(japaneseSecretariat)]],
      [proposed(jointProposal), agreed],
    );
    expect(half.map(({ type }) => type).slice(2)).toEqual(['JointDecisionProposed']);
    expect(latestWording(given(commitment, ...half).state!).text).toEqual(jointProposal.text);
    given(commitment, ...half)
      .when(amend('2026-06-01', four), says(japaneseSecretariat))
      .isRefused('already-proposed');
    const both = played([[amend('2026-06-01', four), says(indianSecretariat)]], half);
    expect(both.at(-1)).toMatchObject(amended('2026-06-01', four));
    expect(given(commitment, ...both).state?.proposals).toEqual([]);
  });

  test('works from its day on: what held before stays true of its time', () => {
    const state = open(jointProposal, amended('2026-06-01', four), amended('2026-09-01', five)).state!;
    const on = (day: string) => wordingOn(state, day).text;
    expect([on('2026-05-31'), on('2026-06-01'), on('2026-08-31'), on('2026-09-01')]).toEqual([
      jointProposal.text,
      four.text,
      four.text,
      five.text,
    ]);
  });

  test('changes something, from a day that exists', () => {
    const start = open(jointProposal);
    start
      .when(amend('2026-06-01', {}), joint)
      .isRefused('nothing-changed', { as: Malformed, at: '/changes' });
    start
      .when(amend('2026-06-01', { text: jointProposal.text }), joint)
      .isRefused('nothing-changed', { at: '/changes' });
    start.when(amend('2026-02-30', four), joint).isRefused('no-such-date', { as: Malformed, at: '/from' });
    start
      .when(amend('2026-06-01', twice), joint)
      .isRefused('criterion-twice', { as: Malformed, at: '/changes/criteria' });
  });
});

describe('a correction', () => {
  test('of the words agreed is not one side’s alone; of a proposal, or of a title, it is', () => {
    const india = says(indianSecretariat, { reason: 'Misread.' });
    for (const changes of [four, { criteria: [] }])
      open(jointProposal)
        .when(correct(changes), india)
        .isRefused('takes-every-side', { as: Forbidden, at: '/changes' });
    const cited = says(indianSecretariat, { reason: 'Misread.', jointSource: true });
    open(jointProposal).when(correct(four), cited).happens(corrected(four));
    const title = { titles: { en: 'Soil' } };
    open(jointProposal).when(correct(title), india).happens(corrected(title));
    given(commitment, proposed(jointProposal)).when(correct(four), india).happens(corrected(four));
  });

  test('reaches back: the record never said otherwise, before and after an amendment', () => {
    const plain = open(jointProposal, corrected(four)).state!;
    expect(wordingOn(plain, '1999-01-01').text).toEqual(four.text);
    const titled = open(
      jointProposal,
      amended('2026-06-01', five),
      corrected({ titles: { en: 'Soil' } }),
    ).state!;
    expect([wordingOn(titled, '2026-01-01').titles, wordingOn(titled, '2026-07-01').titles]).toEqual([
      { en: 'Soil' },
      { en: 'Soil' },
    ]);
  });

  test('of words that were amended repairs the amendment, and what held before it stays', () => {
    const state = open(jointProposal, amended('2026-06-01', five), corrected(four)).state!;
    expect(wordingOn(state, '2026-05-31').text).toEqual(jointProposal.text);
    expect(wordingOn(state, '2026-06-01').text).toEqual(four.text);
  });

  test('needs a reason and repairs something', () => {
    const start = open(jointProposal);
    start.when(correct(four), mistaken).happens(corrected(four));
    start.when(correct({ round: 2 }), mistaken).happens(corrected({ round: 2 }));
    start.when(correct(four), says(recorder)).isRefused('reason-missing', { as: Malformed, at: '/reason' });
    start.when(correct({}), mistaken).isRefused('nothing-changed', { as: Malformed, at: '/changes' });
    start
      .when(correct({ titles: jointProposal.titles }), mistaken)
      .isRefused('nothing-changed', { at: '/changes' });
    start
      .when(correct(twice), mistaken)
      .isRefused('criterion-twice', { as: Malformed, at: '/changes/criteria' });
  });
});

test('a commitment is sorted anew without a change of its words or keys', () => {
  const reclassify: CommitmentCommand = { type: 'ReclassifyCommitment', data: { strength: 'aspirational' } };
  const sorted: CommitmentEvent = { type: 'CommitmentReclassified', data: { strength: 'aspirational' } };
  open(jointProposal).when(reclassify, says(recorder)).happens(sorted);
  const { statement, text } = open(jointProposal, sorted).state!;
  expect([statement.strength, statement.text, text.revision]).toEqual([
    'aspirational',
    jointProposal.text,
    1,
  ]);
  open(jointProposal, sorted).when(reclassify, says(recorder)).isRefused('nothing-changed', { at: '' });
});

describe('a translation', () => {
  const translation = { language: 'ja', text: '調査する。', standing: 'unofficial' } as const;
  const translate = (language: string): CommitmentCommand => ({
    type: 'TranslateCommitment',
    data: { ...translation, language },
  });

  test('stands beside the agreed words, the latest of its language, and says which words it renders', () => {
    const made: CommitmentEvent = { type: 'CommitmentTranslated', data: translation };
    open(jointProposal).when(translate('ja'), says(recorder)).happens(made);
    const { state } = open(jointProposal, made, corrected(four), made);
    expect(state?.statement.text).toEqual(four.text);
    expect(state?.translations).toEqual([{ ...translation, revision: 2 }]);
  });

  test('renders the words that stand there still when another date is set before the text is agreed', () => {
    const made: CommitmentEvent = { type: 'CommitmentTranslated', data: translation };
    const set: CommitmentEvent = { type: 'DueDateSet', data: { due: { precision: 'ongoing' } } };
    const { state } = given(commitment, proposed(jointProposal), made, corrected(four), set);
    expect([state?.text.revision, state?.translations[0]?.revision]).toEqual([3, 1]);
    const { state: after } = given(commitment, proposed(jointProposal), made, set);
    expect([after?.text.revision, after?.translations[0]?.revision]).toEqual([2, 2]);
  });

  test('never takes the place of agreed words', () => {
    open(jointProposal)
      .when(translate('en'), says(recorder))
      .isRefused('language-of-the-agreed-text', { at: '/language' });
  });
});
