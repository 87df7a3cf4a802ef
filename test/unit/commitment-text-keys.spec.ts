import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { textConfirmedBy, textDigestOf } from '../../src/domain/commitment/text.js';
import { Forbidden, NotFound } from '../../src/domain/refusal.js';
import { agreed, jointProposal, proposed, says, textShown } from './commitments.js';
import { given, indianOfficer, indianSecretariat, japaneseSecretariat, recorder } from './scenario.js';

describe('a key to the text', () => {
  const key = (party: string): CommitmentEvent => ({ type: 'CommitmentTextConfirmed', data: { party } });
  const confirm = (party: string, textDigest = textShown()): CommitmentCommand => ({
    type: 'ConfirmCommitmentText',
    data: { party, textDigest },
  });
  const object: CommitmentCommand = {
    type: 'ObjectToCommitmentText',
    data: { party: 'IN', objection: { en: 'Two.' } },
  };
  const objected: CommitmentEvent = {
    type: 'CommitmentTextObjected',
    data: { party: 'IN', objection: { en: 'Two.' } },
  };
  const start = { ...proposed(jointProposal), actor: indianOfficer };
  const criteria = { criteria: [{ id: 'map', text: { en: 'A map' } }] };

  test('is never turned by the person who put the words on record', () => {
    given(commitment, start)
      .when(confirm('IN'), says(indianOfficer))
      .isRefused('own-text', { as: Forbidden });
    const corrected = {
      type: 'CommitmentCorrected',
      data: { changes: { text: { en: 'Four.' } } },
      actor: japaneseSecretariat,
    } as const;
    given(commitment, start, corrected)
      .when(confirm('JP', textShown({ en: 'Four.' })), says(japaneseSecretariat))
      .isRefused('own-text', { as: Forbidden });
  });

  test('is never turned for two parties by one person, and again by the same for one', () => {
    const turned = { ...key('IN'), actor: indianSecretariat };
    given(commitment, start, turned)
      .when(confirm('JP'), says({ ...indianSecretariat, party: 'JP' }))
      .isRefused('two-keys-in-one-hand', { as: Forbidden });
    given(commitment, start, turned, objected)
      .when(confirm('IN'), says(indianSecretariat))
      .happens({
        type: 'CommitmentTextConfirmed',
        data: { party: 'IN', textDigest: textShown() },
      });
  });

  test('fits only the words that were shown', () => {
    given(commitment, start)
      .when(confirm('IN', 'other'), says(indianSecretariat))
      .isRefused('text-changed', { at: '/textDigest' });
  });

  test.each<[string, CommitmentEvent, boolean]>([
    [
      'a correction of the words',
      { type: 'CommitmentCorrected', data: { changes: { text: { en: 'Four.' } } } },
      true,
    ],
    [
      'an amendment of the words',
      { type: 'CommitmentAmended', data: { from: '2026-06-01', changes: { text: { en: 'Four.' } } } },
      true,
    ],
    ['other criteria', { type: 'CommitmentCorrected', data: { changes: criteria } }, true],
    ['another date before agreement', { type: 'DueDateSet', data: { due: { precision: 'ongoing' } } }, true],
    ['another title', { type: 'CommitmentCorrected', data: { changes: { titles: { en: 'Soil' } } } }, false],
    [
      'a translation',
      { type: 'CommitmentTranslated', data: { language: 'ja', text: '調査', standing: 'machine' } },
      false,
    ],
  ])('and %s: stale %#', (_what, change, stale) => {
    const before = given(commitment, start, key('IN'), key('JP')).state!;
    const { state } = given(commitment, start, key('IN'), key('JP'), change);
    expect(textConfirmedBy(state!)).toEqual(stale ? [] : ['IN', 'JP']);
    expect(state?.text.keys).toHaveLength(2);
    expect(textDigestOf(state!, JSON.stringify) === textDigestOf(before, JSON.stringify)).toBe(!stale);
  });

  test('is not asked for anew when the date moves by its own rules', () => {
    const extended: CommitmentEvent = {
      type: 'ExtensionGranted',
      data: {
        party: 'JP',
        due: { precision: 'next-round' },
        reasonCode: 'other',
        grantedBy: 'IN',
        complete: true,
      },
    };
    const states = [[], [extended]].map(
      (more) => given(commitment, start, key('IN'), agreed, ...more).state!,
    );
    expect(states.map((state) => [textDigestOf(state, JSON.stringify), textConfirmedBy(state)])).toEqual([
      [textShown(), ['IN']],
      [textShown(), ['IN']],
    ]);
  });

  test('falls with an objection, which stands in the way of agreement until the party confirms', () => {
    given(commitment, start, key('IN'), key('JP')).when(object, says(indianSecretariat)).happens(objected);
    const standing = given(commitment, start, key('IN'), key('JP'), objected);
    expect(textConfirmedBy(standing.state!)).toEqual(['JP']);
    standing
      .when({ type: 'AgreeCommitment', data: {} }, says(recorder, { jointSource: true }))
      .isRefused('text-objected-to');
    standing.when(object, says(indianSecretariat)).isRefused('already-objected', { at: '/party' });
    standing
      .when(confirm('IN'), says(indianSecretariat))
      .happens({ type: 'CommitmentTextConfirmed', data: { party: 'IN', textDigest: textShown() } });
    expect(
      textConfirmedBy(given(commitment, start, key('IN'), key('JP'), objected, key('IN')).state!),
    ).toEqual(['IN', 'JP']);
  });

  test('and an objection are a side’s own word, and nobody else’s', () => {
    given(commitment, start)
      .when(object, says(japaneseSecretariat))
      .isRefused('not-your-party', { as: Forbidden });
    const france = { id: 'key-fr', role: 'secretariat', party: 'FR' } as const;
    const three = { parties: [{ code: 'FR', names: { en: 'France' }, zone: 'Europe/Paris' }] };
    given(commitment, start)
      .when(
        { type: 'ObjectToCommitmentText', data: { party: 'FR', objection: { en: 'No.' } } },
        says(france, three),
      )
      .isRefused('not-concerned', { at: '/party' });
    given(commitment, start)
      .when(confirm('FR'), says(france, three))
      .isRefused('not-concerned', { at: '/party' });
    given(commitment, start)
      .when({ type: 'ObjectToCommitmentText', data: { party: 'FR', objection: { en: 'No.' } } }, says(france))
      .isRefused('unknown-party', { as: NotFound, at: '/party' });
  });
});
