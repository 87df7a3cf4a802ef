import type { ReminderFacts } from '../../src/domain/reminder-facts.js';
import { factsAfter } from '../../src/domain/reminder-facts.js';
import { turnsOf } from '../../src/domain/reminder-turn.js';

interface Said {
  readonly type: string;
  readonly data?: object;
  /** The day on which it was so and recorded. */
  readonly on?: string;
  readonly by?: string;
}

const end = '2026-03-31';
const fixed = { version: 1, on: '2026-01-01' };
const joint: Said = {
  type: 'CommitmentProposed',
  data: { nature: 'joint', undertakings: [{ party: 'IN' }, { party: 'JP' }] },
};
const unilateral: Said = {
  type: 'CommitmentProposed',
  data: { nature: 'unilateral', undertakings: [{ party: 'IN' }], towards: 'JP' },
};
const agreed: Said = { type: 'CommitmentAgreed', data: { basis: 'joint-document' } };
const of = (party: string, type: string, more: object = {}, on?: string): Said => ({
  type,
  data: { party, ...more },
  ...(on && { on }),
});
const claimed = (party: string, complete: boolean, on?: string) =>
  of(party, 'DeliveryClaimed', { complete }, on);
const asked = (on?: string) => of('IN', 'ExtensionRequested', {}, on);

function factsOf(...said: Said[]): ReminderFacts {
  return said.reduce<ReminderFacts | undefined>(
    (facts, { type, data = {}, on = '2026-01-01', by }, index) =>
      factsAfter(facts, {
        type,
        data,
        version: index + 1,
        occurredOn: on,
        recordedAt: `${on}T12:00:00.000000Z`,
        actor: { id: 'someone', role: 'secretariat', ...(by && { party: by }) },
        confidentiality: 'public',
      } as never),
    undefined,
  )!;
}

const turns = (said: Said[], due: string | undefined = end) =>
  turnsOf(factsOf(...said), { fixed, end: due }).map(({ kind, party }) => `${kind} ${party}`);

describe('whose turn it is', () => {
  test.each<[string, Said[], string[]]>([
    ['not claimed: those that owe it', [joint, agreed], ['due IN', 'silent IN', 'due JP', 'silent JP']],
    ['claimed by one: the other', [joint, agreed, claimed('IN', false)], ['due JP', 'silent JP']],
    [
      'claimed by all: those whose key is missing',
      [joint, agreed, claimed('IN', false), claimed('JP', true)],
      ['attest IN', 'attest JP'],
    ],
    [
      'one key turned: the other',
      [joint, agreed, claimed('IN', false), claimed('JP', true), of('JP', 'DeliveryAttested')],
      ['attest IN'],
    ],
    [
      'new evidence makes the key stale: both again',
      [
        joint,
        agreed,
        claimed('IN', false),
        claimed('JP', true),
        of('JP', 'DeliveryAttested'),
        of('IN', 'EvidenceSubmitted', { evidence: { id: 'e' } }),
      ],
      ['attest IN', 'attest JP'],
    ],
    [
      'a unilateral one, claimed: the receiving side',
      [unilateral, agreed, claimed('IN', true)],
      ['attest JP'],
    ],
    [
      'a claim that was declined: who owes it, again',
      [unilateral, agreed, claimed('IN', true), of('JP', 'AttestationDeclined')],
      ['due IN', 'silent IN'],
    ],
    [
      'a claim taken back: who owes it, again',
      [unilateral, agreed, claimed('IN', true), of('IN', 'DeliveryClaimRetracted')],
      ['due IN', 'silent IN'],
    ],
    ['an extension asked: the side that must answer', [unilateral, agreed, asked()], ['answer-extension JP']],
    [
      'an extension asked of a joint one: the other still owes its share',
      [joint, agreed, asked()],
      ['answer-extension JP', 'due JP', 'silent JP'],
    ],
    [
      'an extension refused: who owes it',
      [unilateral, agreed, asked(), of('IN', 'ExtensionRefused', { refusedBy: 'JP' })],
      ['due IN', 'silent IN'],
    ],
    ['put forward by one side: the other', [{ ...joint, by: 'IN' }], ['confirm-text JP']],
    ['put forward by neither: both', [joint], ['confirm-text IN', 'confirm-text JP']],
    [
      'confirmed by the other: the one that put it forward',
      [{ ...joint, by: 'IN' }, of('JP', 'CommitmentTextConfirmed')],
      ['confirm-text IN'],
    ],
    [
      'objected to: nobody is asked to confirm it meanwhile',
      [{ ...joint, by: 'IN' }, of('JP', 'CommitmentTextObjected')],
      [],
    ],
    [
      'corrected in its words after a key: both sides’ keys',
      [
        joint,
        of('JP', 'CommitmentTextConfirmed'),
        { type: 'CommitmentCorrected', data: { changes: { text: { en: 'Other words' } } } },
      ],
      ['confirm-text IN', 'confirm-text JP'],
    ],
    ['verified', [unilateral, agreed, claimed('IN', true), { type: 'CommitmentVerified' }], []],
    ['withdrawn', [unilateral, agreed, { type: 'CommitmentWithdrawn', data: { by: ['IN'] } }], []],
    ['superseded', [unilateral, agreed, { type: 'CommitmentSuperseded', data: { by: ['B'] } }], []],
    ['lapsed', [unilateral, agreed, { type: 'CommitmentLapsed', data: { round: 1 } }], []],
    [
      'reopened: who owes it, again',
      [unilateral, agreed, { type: 'CommitmentLapsed', data: { round: 1 } }, { type: 'CommitmentReopened' }],
      ['due IN', 'silent IN'],
    ],
  ])('%s', (_state, said, expected) => {
    expect(turns(said)).toEqual(expected);
  });

  test('without a day to count to it is looked at again', () => {
    expect(turnsOf(factsOf(unilateral, agreed), { fixed, end: undefined }).map(({ kind }) => kind)).toEqual([
      'review',
      'silent',
    ]);
  });

  test('each turn is since the event that made it one: a series of its own', () => {
    const [attest] = turnsOf(factsOf(unilateral, agreed, claimed('IN', true, '2026-03-30')), { fixed, end });
    expect(attest?.since).toEqual({ version: 3, on: '2026-03-30' });
    const [due] = turnsOf(factsOf(unilateral, agreed), { fixed, end });
    expect(due?.since).toEqual(fixed);
  });
});

describe('silence', () => {
  const silentSince = (...said: Said[]) =>
    turnsOf(factsOf(unilateral, agreed, ...said), { fixed, end }).find(({ kind }) => kind === 'silent')?.since
      .on;

  test.each([
    ['that it goes well', 'ProgressReported'],
    ['that there is nothing to report', 'NoProgressReported'],
    ['that work began', 'WorkStarted'],
    ['that work rests', 'CommitmentPaused'],
    ['evidence', 'EvidenceSubmitted'],
  ])('is broken by a report of any kind: %s', (_what, type) => {
    expect(silentSince(of('IN', type, {}, '2026-02-10'))).toBe('2026-02-10');
  });

  test('counts from the agreement where nothing was reported', () => {
    expect(silentSince()).toBe('2026-01-01');
  });

  test('is not broken by the other side', () => {
    expect(silentSince(of('JP', 'ProgressReported', {}, '2026-02-10'))).toBe('2026-01-01');
  });
});

describe('an answer', () => {
  const kinds = (...said: Said[]) =>
    turnsOf(factsOf(unilateral, agreed, ...said), { fixed, end }).map(({ kind, until }) => [kind, until]);
  const owing = [
    ['due', undefined],
    ['silent', end],
  ];

  test.each(['ProgressReported', 'CommitmentPaused', 'EvidenceSubmitted', 'WithdrawalProposed'])(
    'after the end stops the series of what is overdue; from then on silence counts: %s',
    (type) => {
      expect(kinds(of('IN', type, {}, '2026-04-02'))).toEqual([['silent', undefined]]);
    },
  );

  test.each<[string, Said[]]>([
    ['a report before the end', [of('IN', 'ProgressReported', {}, '2026-03-31')]],
    ['that there is nothing to report', [of('IN', 'NoProgressReported', {}, '2026-04-02')]],
    ['a report of the other side', [of('JP', 'ProgressReported', {}, '2026-04-02')]],
    [
      'an extension that was refused',
      [asked('2026-04-02'), of('IN', 'ExtensionRefused', { refusedBy: 'JP' }, '2026-04-03')],
    ],
    [
      'a claim that was declined',
      [claimed('IN', true, '2026-04-02'), of('JP', 'AttestationDeclined', {}, '2026-04-03')],
    ],
  ])('is not %s', (_what, said) => {
    expect(kinds(...said)).toEqual(owing);
  });
});
