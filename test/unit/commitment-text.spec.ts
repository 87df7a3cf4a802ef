import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Proposal } from '../../src/domain/commitment/statement.js';
import { Forbidden, Malformed, NotFound } from '../../src/domain/refusal.js';
import {
  agreed,
  jointProposal,
  proposed,
  quoted,
  says,
  textShown,
  unilateralProposal,
} from './commitments.js';
import { given, indianSecretariat, japaneseSecretariat, recorder } from './scenario.js';

const propose = (data: Proposal): CommitmentCommand => ({ type: 'ProposeCommitment', data });
const confirm = (party: string, textDigest = textShown()): CommitmentCommand => ({
  type: 'ConfirmCommitmentText',
  data: { party, textDigest },
});
const agree: CommitmentCommand = { type: 'AgreeCommitment', data: {} };
const confirmed = (party: string): CommitmentEvent => ({
  type: 'CommitmentTextConfirmed',
  data: { party, textDigest: textShown() },
});

const recorderQuotes = says(recorder, { sources: quoted });

describe('proposing a commitment', () => {
  const proposing = (data: Proposal) => given(commitment).when(propose(data), recorderQuotes);

  test('fixes the days that its due words mean', () => {
    proposing(jointProposal).happens({
      type: 'CommitmentProposed',
      data: {
        ...jointProposal,
        due: { precision: 'day', day: '2026-03-31', window: { start: '2026-03-31', end: '2026-03-31' } },
      },
    });
  });

  test('needs a source with its words: a source that is only named is not enough', () => {
    const withSources = (sources: typeof quoted) =>
      given(commitment).when(propose(jointProposal), says(recorder, { sources }));
    withSources(undefined).isRefused('quotation-missing', { at: '/sources' });
    withSources([{ document: 'jp-readout' }]).isRefused('quotation-missing', { at: '/sources' });
    withSources([{ document: 'in-readout' }, ...quoted!]).happens(proposed(jointProposal));
  });

  test('happens once under its reference', () => {
    given(commitment, proposed(jointProposal))
      .when(propose(jointProposal), recorderQuotes)
      .isRefused('commitment-already-proposed', { at: '/id' });
  });

  test('is refused for a party that is not one of the dialogue', () => {
    proposing({ ...jointProposal, undertakings: [{ party: 'IN' }, { party: 'FR' }] }).isRefused(
      'unknown-party',
      { as: NotFound, at: '/undertakings/1/party' },
    );
    proposing({ ...unilateralProposal, towards: 'FR' }).isRefused('unknown-party', {
      as: NotFound,
      at: '/towards',
    });
  });

  test('is refused when a party undertakes it twice', () => {
    const undertakings = [{ party: 'IN' }, { party: 'IN' }, { party: 'JP' }];
    proposing({ ...jointProposal, undertakings }).isRefused('undertaking-twice', { at: '/undertakings' });
  });

  test('is refused for a due date that does not exist or could be two', () => {
    proposing({ ...jointProposal, due: { precision: 'day', day: '2025-02-29' } }).isRefused('no-such-date', {
      as: Malformed,
      at: '/due/day',
    });
    proposing({ ...jointProposal, due: { precision: 'year', year: '2025' } }).isRefused('calendar-missing', {
      as: Malformed,
      at: '/due/calendar',
    });
  });
});

describe('a joint commitment', () => {
  const proposing = (data: Proposal) => given(commitment).when(propose(data), recorderQuotes);

  test('is shared by at least two parties', () => {
    proposing({ ...jointProposal, undertakings: [{ party: 'IN' }] }).isRefused('joint-by-one', {
      at: '/undertakings',
    });
  });

  test('is made towards nobody', () => {
    proposing({ ...jointProposal, towards: 'IN' }).isRefused('joint-towards', { at: '/towards' });
  });
});

describe('a unilateral commitment', () => {
  const proposing = (changes: Partial<Proposal>) =>
    given(commitment).when(propose({ ...unilateralProposal, ...changes }), recorderQuotes);

  test('is made by one party towards another', () => {
    proposing({}).happens(proposed(unilateralProposal));
  });

  test('has exactly one undertaking', () => {
    proposing({ undertakings: jointProposal.undertakings }).isRefused('unilateral-by-many', {
      at: '/undertakings',
    });
    proposing({ undertakings: [] }).isRefused('unilateral-by-many', { at: '/undertakings' });
  });

  test('says towards whom, and that is never the party itself', () => {
    proposing({ towards: undefined }).isRefused('towards-missing', { at: '/towards' });
    proposing({ towards: 'JP' }).isRefused('towards-itself', { at: '/towards' });
  });
});

describe('confirming the text', () => {
  const start = given(commitment, proposed(jointProposal));

  test('is one party’s word, given by its own people', () => {
    start.when(confirm('IN'), says(indianSecretariat)).happens(confirmed('IN'));
    start.when(confirm('IN'), says(japaneseSecretariat)).isRefused('not-your-party', { as: Forbidden });
    start.when(confirm('IN'), says(recorder)).isRefused('not-your-party', { as: Forbidden });
  });

  test('is done once by each party', () => {
    const half = given(commitment, proposed(jointProposal), confirmed('IN'));
    half.when(confirm('IN'), says(indianSecretariat)).isRefused('text-already-confirmed', { at: '/party' });
    half.when(confirm('JP'), says(japaneseSecretariat)).happens(confirmed('JP'));
  });

  test('is for parties of the dialogue', () => {
    start
      .when(confirm('FR'), says({ id: 'key-fr', role: 'secretariat', party: 'FR' }))
      .isRefused('unknown-party', { as: NotFound, at: '/party' });
  });

  test('is still possible once a joint document has agreed it, and too late after the end', () => {
    given(commitment, proposed(jointProposal), agreed)
      .when(confirm('IN'), says(indianSecretariat))
      .happens(confirmed('IN'));
    given(commitment, proposed(jointProposal), agreed, { type: 'CommitmentLapsed', data: { round: 2 } })
      .when(confirm('IN'), says(indianSecretariat))
      .isRefused('commitment-lapsed');
  });
});

describe('the text of a commitment is agreed', () => {
  const byBoth: CommitmentEvent = { type: 'CommitmentAgreed', data: { basis: 'confirmed-by-every-party' } };

  test('when a joint document carries it, without any confirmation', () => {
    given(commitment, proposed(jointProposal))
      .when(agree, says(recorder, { jointSource: true }))
      .happens({ type: 'CommitmentAgreed', data: { basis: 'joint-document' } });
  });

  test('when every responsible party has confirmed it', () => {
    given(commitment, proposed(jointProposal), confirmed('IN'), confirmed('JP'))
      .when(agree, says(recorder))
      .happens(byBoth);
  });

  test('but not by one side’s readout, nor by one side’s confirmation', () => {
    given(commitment, proposed(jointProposal))
      .when(agree, says(recorder, { sources: quoted }))
      .isRefused('text-not-confirmed');
    given(commitment, proposed(jointProposal), confirmed('JP'))
      .when(agree, says(recorder, { sources: quoted }))
      .isRefused('text-not-confirmed');
  });

  test('when the party that makes a unilateral one has confirmed it, not when the other has', () => {
    const start = proposed(unilateralProposal);
    given(commitment, start, confirmed('JP')).when(agree, says(recorder)).happens(byBoth);
    given(commitment, start, confirmed('IN')).when(agree, says(recorder)).isRefused('text-not-confirmed');
  });

  test('once', () => {
    given(commitment, proposed(jointProposal), agreed)
      .when(agree, says(recorder, { jointSource: true }))
      .isRefused('commitment-agreed');
  });
});
