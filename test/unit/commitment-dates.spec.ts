import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import { type DueTerms, dueFrom } from '../../src/domain/due.js';
import { Forbidden, Malformed } from '../../src/domain/refusal.js';
import { agreed, jointProposal, open, played, proposed, says, unilateralProposal } from './commitments.js';
import {
  given,
  indianOfficer,
  indianSecretariat,
  japaneseOfficer,
  japaneseSecretariat,
  parties,
  recorder,
} from './scenario.js';

const by = (day: string): DueTerms => ({ precision: 'day', day });
const ask = (due: DueTerms, party = 'JP'): CommitmentCommand => ({
  type: 'RequestExtension',
  data: { party, due, reasonCode: 'dependency-late' },
});
const asked = (until: string, party = 'JP') =>
  ({
    type: 'ExtensionRequested',
    data: { party, due: dueFrom(by(until)), reasonCode: 'dependency-late' },
  }) as const;
const grant = (party: string): CommitmentCommand => ({ type: 'GrantExtension', data: { party } });
const granted = (until: string, grantedBy: string, complete = true, party = 'JP') =>
  ({
    type: 'ExtensionGranted',
    data: { party, due: dueFrom(by(until)), reasonCode: 'dependency-late', grantedBy, complete },
  }) as const;
const refuse: CommitmentCommand = { type: 'RefuseExtension', data: { party: 'IN' } };
const set = (due: DueTerms): CommitmentCommand => ({ type: 'SetDueDate', data: { due } });
const wasSet = (due: DueTerms) => ({ type: 'DueDateSet', data: { due: dueFrom(due) } }) as const;
const forward = (due: DueTerms): CommitmentCommand => ({ type: 'BringDueDateForward', data: { due } });
const resolved = (day: string | null, round?: number) =>
  ({
    type: 'DueDateResolved',
    data: { window: day ? { start: day, end: day } : null, ...(round && { round }) },
  }) as const;

const india = says(indianSecretariat);
const japan = says(japaneseSecretariat);
const undated = { ...jointProposal, due: { precision: 'none' } } as const;
const nextRound = { ...jointProposal, due: { precision: 'next-round' } } as const;

describe('an extension', () => {
  const start = open(jointProposal);

  test('is asked for by a responsible side and moves nothing', () => {
    start.when(ask(by('2026-06-30')), says(japaneseOfficer)).happens(asked('2026-06-30'));
    expect(open(jointProposal, asked('2026-06-30')).state?.due.current.window?.end).toBe('2026-03-31');
  });

  test('is granted by the other side: then the date moves, and the first one stays', () => {
    open(jointProposal, asked('2026-06-30')).when(grant('IN'), india).happens(granted('2026-06-30', 'IN'));
    const { due } = open(jointProposal, asked('2026-06-30'), granted('2026-06-30', 'IN')).state!;
    expect([due.current.window?.end, due.baseline?.window?.end]).toEqual(['2026-06-30', '2026-03-31']);
    expect(due.changes.at(-1)).toMatchObject({ how: 'extended', askedBy: 'JP', grantedBy: 'IN' });
    expect(due.request).toBeUndefined();
  });

  test('is never granted or refused by the side that asked, whoever of it answers', () => {
    const waiting = open(jointProposal, asked('2026-06-30'));
    waiting.when(grant('JP'), japan).isRefused('own-extension', { as: Forbidden });
    waiting
      .when({ type: 'RefuseExtension', data: { party: 'JP' } }, says(japaneseOfficer, { reason: 'No.' }))
      .isRefused('own-extension', { as: Forbidden });
    waiting.when(grant('IN'), japan).isRefused('not-your-party', { as: Forbidden });
    waiting.when(grant('IN'), says(recorder)).isRefused('not-your-party', { as: Forbidden });
  });

  test('of a unilateral commitment is granted by the side it is made to, which cannot ask for it', () => {
    open(unilateralProposal, asked('2026-06-30'))
      .when(grant('IN'), india)
      .happens(granted('2026-06-30', 'IN'));
    open(unilateralProposal)
      .when(ask(by('2026-06-30'), 'IN'), says(indianOfficer))
      .isRefused('not-responsible', { at: '/party' });
  });

  test('between three parties takes the word of both others', () => {
    const france = { id: 'key-fr', role: 'secretariat', party: 'FR' } as const;
    const three = { parties: [...parties, { code: 'FR', names: { en: 'France' }, zone: 'Europe/Paris' }] };
    const proposal = { ...jointProposal, undertakings: [...jointProposal.undertakings, { party: 'FR' }] };
    const half = granted('2026-06-30', 'IN', false);
    open(proposal, asked('2026-06-30')).when(grant('IN'), says(indianSecretariat, three)).happens(half);
    const waiting = open(proposal, asked('2026-06-30'), half);
    expect(waiting.state?.due.current.window?.end).toBe('2026-03-31');
    waiting
      .when(grant('IN'), says(indianSecretariat, three))
      .isRefused('extension-already-granted', { at: '/party' });
    waiting.when(grant('JP'), japan).isRefused('own-extension', { as: Forbidden });
    waiting.when(grant('FR'), says(france, three)).happens(granted('2026-06-30', 'FR'));
  });

  test('is no business of a party that the commitment is nothing to', () => {
    open(jointProposal, asked('2026-06-30'))
      .when(grant('FR'), says({ id: 'key-fr', role: 'secretariat', party: 'FR' }))
      .isRefused('not-concerned', { at: '/party' });
  });

  test('is refused with a reason; the date stays and may be asked for again', () => {
    const waiting = open(jointProposal, asked('2026-06-30'));
    waiting.when(refuse, india).isRefused('reason-missing', { as: Malformed, at: '/reason' });
    const refused = { type: 'ExtensionRefused', data: { party: 'JP', refusedBy: 'IN' } } as const;
    waiting.when(refuse, says(indianSecretariat, { reason: 'Too long.' })).happens(refused);
    open(jointProposal, asked('2026-06-30'), refused)
      .when(ask(by('2026-05-31')), says(japaneseOfficer))
      .happens(asked('2026-05-31'));
  });

  test('is asked for once at a time, and answered only when asked for', () => {
    open(jointProposal, asked('2026-06-30'))
      .when(ask(by('2026-07-31'), 'IN'), says(indianOfficer))
      .isRefused('extension-pending');
    start.when(grant('IN'), india).isRefused('no-extension-asked');
    start.when(refuse, says(indianSecretariat, { reason: 'No.' })).isRefused('no-extension-asked');
  });

  test('is later than the date that holds, and can be counted to', () => {
    for (const day of ['2026-03-31', '2026-03-01']) {
      start.when(ask(by(day)), says(japaneseOfficer)).isRefused('not-later', { at: '/due' });
    }
    start
      .when(ask({ precision: 'ongoing' }), says(japaneseOfficer))
      .isRefused('window-missing', { as: Malformed, at: '/due' });
    open(undated)
      .when(ask(by('2026-06-30')), says(japaneseOfficer))
      .isRefused('nothing-to-extend', { at: '/due' });
  });

  test('is not granted once the date has moved past it otherwise', () => {
    open(nextRound, resolved('2026-05-31', 2), asked('2026-06-30'), resolved('2026-08-31', 2))
      .when(grant('IN'), india)
      .isRefused('not-later');
  });

  test('that nobody answered before the end moves nothing after a reopening', () => {
    const ended = { type: 'CommitmentLapsed', data: { round: 2 } } as const;
    const reopened = {
      type: 'CommitmentReopened',
      data: { due: dueFrom(by('2026-12-31')) },
    } as const;
    open(jointProposal, asked('2026-06-30'), ended, reopened)
      .when(grant('IN'), india)
      .isRefused('no-extension-asked');
  });
});

describe('a due date is set', () => {
  test('freely before the text is agreed, which makes keys to the text stale', () => {
    given(commitment, proposed(jointProposal))
      .when(set(by('2030-01-31')), japan)
      .happens(wasSet(by('2030-01-31')));
    const confirmed = { type: 'CommitmentTextConfirmed', data: { party: 'IN' } } as const;
    const byJapan = { type: 'CommitmentTextConfirmed', data: { party: 'JP' } } as const;
    given(commitment, proposed(jointProposal), confirmed, byJapan, wasSet(by('2030-01-31')))
      .when({ type: 'AgreeCommitment', data: {} }, says(recorder))
      .isRefused('text-not-confirmed');
  });

  test('after that only where there is none, by the word of every side', () => {
    open(jointProposal)
      .when(set(by('2026-06-30')), says(recorder, { jointSource: true }))
      .isRefused('due-date-set', { at: '/due' });
    open(undated)
      .when(set(by('2026-06-30')), says(recorder, { jointSource: true }))
      .happens(wasSet(by('2026-06-30')));
    open(undated)
      .when(set(by('2026-06-30')), says(recorder))
      .isRefused('takes-every-side', { as: Forbidden });
    const half = played([[set(by('2026-06-30')), japan]], [proposed(undated), agreed]);
    expect(given(commitment, ...half).state?.due.current.window).toBeUndefined();
    const both = played([[set(by('2026-06-30')), india]], half);
    expect(given(commitment, ...both).state?.due.baseline?.window?.end).toBe('2026-06-30');
  });
});

describe('a due date is brought forward', () => {
  const joint = says(recorder, { jointSource: true });
  const moved = { type: 'DueDateBroughtForward', data: { due: dueFrom(by('2026-02-28')) } } as const;

  test('by the word of every side, never by one', () => {
    open(jointProposal)
      .when(forward(by('2026-02-28')), joint)
      .happens(moved);
    const half = played([[forward(by('2026-02-28')), japan]], [proposed(jointProposal), agreed]);
    expect(half.map(({ type }) => type)).not.toContain('DueDateBroughtForward');
    given(commitment, ...half)
      .when(forward(by('2026-02-28')), japan)
      .isRefused('already-proposed');
    given(commitment, ...half)
      .when(forward(by('2026-02-27')), india)
      .happens(expect.objectContaining({ type: 'JointDecisionProposed' }));
    expect(played([[forward(by('2026-02-28')), india]], half).at(-1)).toMatchObject(moved);
  });

  test('to an earlier day, from one that there is', () => {
    open(jointProposal)
      .when(forward(by('2026-03-31')), joint)
      .isRefused('not-earlier', { at: '/due' });
    open(jointProposal)
      .when(forward({ precision: 'none' }), joint)
      .isRefused('not-earlier', { at: '/due' });
    open(undated)
      .when(forward(by('2026-02-28')), joint)
      .isRefused('nothing-to-move', { at: '/due' });
  });
});
