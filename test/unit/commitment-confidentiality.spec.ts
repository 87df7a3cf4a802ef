import type { Actor } from '../../src/domain/actor.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Proposal } from '../../src/domain/commitment/statement.js';
import { confidentialityAt } from '../../src/domain/commitment/secrecy.js';
import type { Restriction } from '../../src/domain/confidentiality.js';
import { Forbidden, Malformed, NotFound } from '../../src/domain/refusal.js';
import {
  agreed,
  evidence,
  jointProposal,
  proposed,
  quoted,
  says,
  submitted,
  unilateralProposal,
} from './commitments.js';
import {
  asked,
  given,
  indianSecretariat,
  japaneseOfficer,
  japaneseSecretariat,
  parties as dialogueParties,
  recorder,
} from './scenario.js';

const ground = 'Names suppliers.';
const parties: Restriction = { level: 'parties' };
const ofJapan: Restriction = { level: 'own-side', party: 'JP' };
const secretariatOfJapan: Restriction = { level: 'restricted', party: 'JP', roles: ['secretariat'] };

const classify = (party: string, confidentiality: Restriction, why = ground): CommitmentCommand => ({
  type: 'ClassifyCommitment',
  data: { party, classification: { confidentiality, ground: why } },
});
const classified = (party: string, confidentiality: Restriction): CommitmentEvent => ({
  type: 'ConfidentialityChanged',
  data: { party, confidentiality, ground },
});
const release = (party: string): CommitmentCommand => ({ type: 'ReleaseCommitment', data: { party } });
const wished = (party: string, from?: string): CommitmentEvent => ({
  type: 'PublicationProposed',
  data: { party, ...(from && { from }) },
});
const released = (...by: string[]): CommitmentEvent => ({ type: 'ReleasedToPublic', data: { by } });
const embargo = (party: string, until: string | { day: string; zone: string }): CommitmentCommand => ({
  type: 'SetEmbargo',
  data: { party, until },
});
const embargoed = (until: string, ...by: string[]): CommitmentEvent => ({
  type: 'EmbargoSet',
  data: { until, by },
});

const india = says(indianSecretariat);
const japan = says(japaneseSecretariat);
const withheld = (proposal: Proposal, confidentiality: Restriction): CommitmentEvent =>
  proposed({ ...proposal, classification: { confidentiality, ground } });
const joint = (...more: CommitmentEvent[]) => given(commitment, proposed(jointProposal), agreed, ...more);
const jointForParties = (...more: CommitmentEvent[]) =>
  given(commitment, withheld(jointProposal, parties), agreed, ...more);
const levelOf = ({ state }: ReturnType<typeof joint>, now = asked.now) =>
  confidentialityAt(state!.secrecy, now).level;

describe('proposing', () => {
  const propose = (proposal: Proposal, confidentiality: Restriction, actor: Actor) =>
    given(commitment).when(
      {
        type: 'ProposeCommitment',
        data: { ...proposal, classification: { confidentiality, ground } },
      },
      says(actor, { sources: quoted }),
    );

  test('is public where nothing is said', () => {
    expect(levelOf(joint())).toBe('public');
  });

  test('can be for the parties only, whoever proposes', () => {
    propose(jointProposal, parties, recorder).happens(withheld(jointProposal, parties));
    expect(levelOf(jointForParties())).toBe('parties');
  });

  test('can be for one’s own side only, where that side alone undertakes it', () => {
    propose(unilateralProposal, ofJapan, japaneseOfficer).happens(withheld(unilateralProposal, ofJapan));
    propose(jointProposal, ofJapan, japaneseOfficer).isRefused('not-its-own', {
      at: '/classification/confidentiality/level',
    });
  });

  test('is kept to a side by that side’s own people only', () => {
    for (const actor of [recorder, indianSecretariat]) {
      propose(unilateralProposal, ofJapan, actor).isRefused('not-your-party', {
        as: Forbidden,
        at: '/classification/confidentiality/party',
      });
    }
  });

  test('restricts to roles among which is the secretariat, since only it can open it again', () => {
    propose(
      unilateralProposal,
      { level: 'restricted', party: 'JP', roles: ['desk-officer'] },
      japaneseOfficer,
    ).isRefused('secretariat-missing', { as: Malformed, at: '/classification/confidentiality/roles' });
    propose(unilateralProposal, secretariatOfJapan, japaneseOfficer).happens(
      withheld(unilateralProposal, secretariatOfJapan),
    );
  });
});

describe('whoever may not see a commitment', () => {
  const keptToJapan = given(commitment, withheld(unilateralProposal, ofJapan));

  test.each<[string, CommitmentCommand]>([
    ['report', { type: 'ReportProgress', data: { party: 'JP', health: 'on-track' } }],
    ['classify', classify('IN', parties)],
    ['release', release('IN')],
    ['embargo', embargo('IN', '2027-01-01T00:00:00Z')],
    ['withdraw', { type: 'WithdrawCommitment', data: { party: 'IN' } }],
    ['confirm', { type: 'ConfirmCommitmentText', data: { party: 'IN', textDigest: 'any' } }],
    ['agree', { type: 'AgreeCommitment', data: {} }],
  ])('is answered as to one that does not exist: %s', (_what, command) => {
    for (const actor of [indianSecretariat, recorder, { ...japaneseOfficer, party: 'US' }]) {
      keptToJapan.when(command, says(actor)).isRefused('no-such-commitment', { as: NotFound });
      given(commitment).when(command, says(actor)).isRefused('no-such-commitment', { as: NotFound });
    }
  });

  test('is told so before anything else of the stream is: a precondition tells nothing either', () => {
    const command = classify('IN', parties);
    expect(() => commitment.mustBeSeen!(keptToJapan.state, command, india)).toThrow(NotFound);
    expect(() => commitment.mustBeSeen!(undefined, command, india)).toThrow(NotFound);
    expect(() => commitment.mustBeSeen!(keptToJapan.state, classify('JP', parties), japan)).not.toThrow();
  });
});

describe('withholding', () => {
  test('takes one party that shares the commitment', () => {
    joint().when(classify('JP', parties), japan).happens(classified('JP', parties));
    given(commitment, proposed(unilateralProposal), agreed)
      .when(classify('IN', parties), india)
      .happens(classified('IN', parties));
    expect(levelOf(joint(classified('JP', parties)))).toBe('parties');
  });

  test('is for the parties that share it, and for a party’s own people', () => {
    joint().when(classify('JP', parties), india).isRefused('not-your-party', { as: Forbidden });
    const us = [...dialogueParties, { code: 'US', names: { en: 'States' }, zone: 'America/New_York' }];
    joint()
      .when(classify('US', parties), says({ ...indianSecretariat, party: 'US' }, { parties: us }))
      .isRefused('not-concerned', { at: '/party' });
  });

  test('from the other side is possible until it is agreed, for what one side alone undertakes', () => {
    given(commitment, proposed(unilateralProposal))
      .when(classify('JP', secretariatOfJapan), japan)
      .happens(classified('JP', secretariatOfJapan));
    given(commitment, proposed(unilateralProposal), agreed)
      .when(classify('JP', ofJapan), japan)
      .isRefused('shared-already', { at: '/classification/confidentiality/level' });
    given(commitment, withheld(unilateralProposal, parties))
      .when(classify('JP', ofJapan), japan)
      .isRefused('shared-already', { at: '/classification/confidentiality/level' });
    given(commitment, proposed(jointProposal))
      .when(classify('JP', ofJapan), japan)
      .isRefused('not-its-own', { at: '/classification/confidentiality/level' });
    given(commitment, proposed(unilateralProposal))
      .when(classify('IN', ofJapan), india)
      .isRefused('not-your-party', { as: Forbidden, at: '/classification/confidentiality/party' });
  });

  test('the same way twice changes nothing; for another reason it does', () => {
    jointForParties()
      .when(classify('IN', parties), india)
      .isRefused('classified-already', { at: '/classification' });
    jointForParties()
      .when(classify('IN', parties, 'Under negotiation.'), india)
      .happens({
        type: 'ConfidentialityChanged',
        data: { party: 'IN', confidentiality: parties, ground: 'Under negotiation.' },
      });
  });
});

describe('opening', () => {
  test('to the parties what one side kept takes that side alone', () => {
    given(commitment, withheld(unilateralProposal, secretariatOfJapan))
      .when(classify('JP', parties), japan)
      .happens(classified('JP', parties));
  });

  test('to the public what the parties share takes every one of them: the first wish waits', () => {
    jointForParties().when(release('IN'), india).happens(wished('IN'));
    expect(levelOf(jointForParties(wished('IN')))).toBe('parties');
    jointForParties(wished('IN')).when(release('JP'), japan).happens(wished('JP'), released('IN', 'JP'));
    expect(levelOf(jointForParties(wished('IN'), wished('JP'), released('IN', 'JP')))).toBe('public');
  });

  test('takes the party that it is owed to as well', () => {
    given(commitment, withheld(unilateralProposal, parties)).when(release('JP'), japan).happens(wished('JP'));
  });

  test('to the public what one side kept takes that side alone', () => {
    given(commitment, withheld(unilateralProposal, ofJapan))
      .when(release('JP'), japan)
      .happens(wished('JP'), released('JP'));
  });

  test('is asked for once by each party, by its own people, and not for what is public', () => {
    jointForParties(wished('IN'))
      .when(release('IN'), india)
      .isRefused('publication-already-proposed', { at: '/party' });
    jointForParties().when(release('JP'), india).isRefused('not-your-party', { as: Forbidden });
    joint().when(release('IN'), india).isRefused('public-already');
  });

  test('begins anew when it is classified anew', () => {
    jointForParties(wished('IN'), classified('JP', parties)).when(release('JP'), japan).happens(wished('JP'));
  });
});

describe('an embargo', () => {
  const until = '2026-03-31T00:00:00.000Z';
  const later = '2026-04-30T00:00:00.000Z';

  test('on what is public takes one party; until it ends only the parties see it, then everyone', () => {
    joint().when(embargo('IN', until), india).happens(embargoed(until, 'IN'));
    const under = joint(embargoed(until, 'IN'));
    expect(levelOf(under)).toBe('parties');
    expect(levelOf(under, '2026-03-30T23:59:59.999Z')).toBe('parties');
    expect(levelOf(under, until)).toBe('public');
  });

  test('on what the parties share publishes it, so every party names the same instant', () => {
    jointForParties().when(embargo('IN', until), india).happens(wished('IN', until));
    jointForParties(wished('IN', later)).when(embargo('JP', until), japan).happens(wished('JP', until));
    jointForParties(wished('IN', until))
      .when(embargo('JP', until), japan)
      .happens(wished('JP', until), embargoed(until, 'IN', 'JP'));
    jointForParties(wished('IN', until)).when(release('JP'), japan).happens(wished('JP'));
  });

  test('is made longer by one party, and shorter or lifted by all of them', () => {
    joint(embargoed(until, 'IN')).when(embargo('JP', later), japan).happens(embargoed(later, 'JP'));
    joint(embargoed(later, 'IN')).when(embargo('JP', until), japan).happens(wished('JP', until));
    joint(embargoed(until, 'IN')).when(release('IN'), india).happens(wished('IN'));
    joint(embargoed(until, 'IN')).when(embargo('IN', until), india).isRefused('embargoed-already');
  });

  test('gives way to a level without an end, by the word of one party', () => {
    joint(embargoed(until, 'IN')).when(classify('JP', parties), japan).happens(classified('JP', parties));
    expect(levelOf(joint(embargoed(until, 'IN'), classified('JP', parties)), later)).toBe('parties');
  });

  test('that has ended leaves what is public: it can be withheld again', () => {
    joint(embargoed('2026-01-01T00:00:00.000Z', 'IN'))
      .when(embargo('JP', until), japan)
      .happens(embargoed(until, 'JP'));
  });

  test('ends with the beginning of a day in a zone, or at an instant of any offset', () => {
    joint()
      .when(embargo('IN', { day: '2026-03-31', zone: 'Asia/Tokyo' }), india)
      .happens(embargoed('2026-03-30T15:00:00.000Z', 'IN'));
    joint()
      .when(embargo('IN', '2026-03-31T09:00:00+09:00'), india)
      .happens(embargoed('2026-03-31T00:00:00.000Z', 'IN'));
  });

  test('ends in the future, on a day that exists, in a zone that exists', () => {
    joint().when(embargo('IN', asked.now), india).isRefused('embargo-past', { at: '/until' });
    joint()
      .when(embargo('IN', { day: '2026-02-30', zone: 'Asia/Tokyo' }), india)
      .isRefused('no-such-date', { as: Malformed, at: '/until/day' });
    joint()
      .when(embargo('IN', { day: '2026-03-30', zone: 'Asia/Nowhere' }), india)
      .isRefused('unknown-zone', { as: Malformed, at: '/until/zone' });
    joint()
      .when(embargo('IN', '9999-01-01T00:00:00Z'), india)
      .isRefused('year-out-of-range', { as: Malformed, at: '/until' });
  });

  test('is set by a party’s own people, on what that party shares', () => {
    joint().when(embargo('JP', until), india).isRefused('not-your-party', { as: Forbidden });
    const us = [...dialogueParties, { code: 'US', names: { en: 'States' }, zone: 'America/New_York' }];
    for (const command of [embargo('US', until), release('US')]) {
      joint()
        .when(command, says({ ...indianSecretariat, party: 'US' }, { parties: us }))
        .isRefused('not-concerned', { at: '/party' });
    }
  });
});

describe('what is told in confidence', () => {
  const inConfidence = <Event extends CommitmentEvent>(event: Event, confidentiality: Restriction) => ({
    ...event,
    confidentiality,
  });
  const claim: CommitmentCommand = { type: 'ClaimDelivery', data: { party: 'JP', evidence: ['E1'] } };

  test('moves nothing that others see: a report is a note', () => {
    const report: CommitmentEvent = { type: 'ProgressReported', data: { party: 'JP', health: 'off-track' } };
    expect(joint(inConfidence(report, ofJapan)).state?.status).toBe('agreed');
    expect(joint(inConfidence(report, parties)).state?.status).toBe('agreed');
    expect(joint(report).state?.status).toBe('in-progress');
  });

  test('supports no claim where the party that holds the key cannot see it', () => {
    joint(inConfidence(submitted('JP', 'E1'), ofJapan))
      .when(claim, says(japaneseOfficer))
      .isRefused('evidence-kept-to-one-side', { at: '/evidence/0' });
    const shared = joint(inConfidence(submitted('JP', 'E1'), parties));
    expect(shared.state?.delivery.evidence).toEqual([
      { ...evidence('E1'), party: 'JP', confidentiality: parties },
    ]);
    expect(shared.when(claim, says(japaneseOfficer)).refusal).toBeUndefined();
  });
});

test('nothing becomes agreed with a party that may not read it', () => {
  given(commitment, withheld(unilateralProposal, ofJapan))
    .when({ type: 'AgreeCommitment', data: {} }, says(japaneseSecretariat, { jointSource: true }))
    .isRefused('kept-to-one-side');
});
