import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import { Forbidden, Malformed, NotFound } from '../../src/domain/refusal.js';
import { agreed, evidence, jointProposal, open, proposed, says, unilateralProposal } from './commitments.js';
import {
  given,
  indianOfficer,
  indianSecretariat,
  japaneseOfficer,
  japaneseSecretariat,
  recorder,
} from './scenario.js';

const japan = says(japaneseSecretariat, { reason: 'Reorganised.' });
const notJapan = [says(indianSecretariat, { reason: 'No.' }), says(recorder, { reason: 'No.' })];

describe('an undertaking', () => {
  const assign: CommitmentCommand = { type: 'AssignUndertaking', data: { party: 'JP', lead: 'jp-a' } };
  const assigned: CommitmentEvent = { type: 'UndertakingAssigned', data: { party: 'JP', lead: 'jp-a' } };
  const transfer = (to: string): CommitmentCommand => ({
    type: 'TransferUndertaking',
    data: { party: 'JP', to },
  });
  const transferred: CommitmentEvent = {
    type: 'UndertakingTransferred',
    data: { party: 'JP', from: 'jp-a', to: 'jp-b' },
  };
  const name = (party = 'JP'): CommitmentCommand => ({
    type: 'NameFocalPoint',
    data: { party, focalPoint: 'post-7' },
  });
  const named: CommitmentEvent = { type: 'FocalPointNamed', data: { party: 'JP', focalPoint: 'post-7' } };

  test('is assigned by its own side, once', () => {
    open(jointProposal).when(assign, japan).happens(assigned);
    for (const around of notJapan)
      open(jointProposal).when(assign, around).isRefused('not-your-party', { as: Forbidden });
    open(jointProposal, assigned).when(assign, japan).isRefused('already-assigned', { at: '/lead' });
    open(unilateralProposal)
      .when({ ...assign, data: { party: 'IN', lead: 'in-a' } }, says(indianSecretariat))
      .isRefused('not-responsible', { at: '/party' });
  });

  test('is transferred by its own side, with a reason, from one organisation to another', () => {
    const held = open(jointProposal, assigned);
    held.when(transfer('jp-b'), japan).happens(transferred);
    for (const around of notJapan)
      held.when(transfer('jp-b'), around).isRefused('not-your-party', { as: Forbidden });
    held
      .when(transfer('jp-b'), says(japaneseSecretariat))
      .isRefused('reason-missing', { as: Malformed, at: '/reason' });
    held.when(transfer('jp-a'), japan).isRefused('already-assigned', { at: '/to' });
    open(jointProposal).when(transfer('jp-b'), japan).isRefused('not-assigned', { at: '/party' });
    open(unilateralProposal)
      .when({ type: 'TransferUndertaking', data: { party: 'IN', to: 'in-a' } }, says(indianSecretariat))
      .isRefused('not-responsible', { at: '/party' });
    expect(open(jointProposal, assigned, transferred).state?.statement.undertakings[1]?.lead).toBe('jp-b');
  });

  test('has a focal point that its own side names', () => {
    open(jointProposal, assigned).when(name(), japan).happens(named);
    for (const around of notJapan)
      open(jointProposal).when(name(), around).isRefused('not-your-party', { as: Forbidden });
    open(jointProposal, named).when(name(), japan).isRefused('already-focal-point', { at: '/focalPoint' });
    open(unilateralProposal)
      .when(name('IN'), says(indianSecretariat))
      .isRefused('not-responsible', { at: '/party' });
    expect(open(jointProposal, assigned, named).state?.statement.undertakings[1]).toEqual({
      party: 'JP',
      lead: 'jp-a',
      focalPoint: 'post-7',
    });
  });

  const spoken: readonly CommitmentCommand[] = [
    { type: 'StartWork', data: { party: 'JP' } },
    { type: 'ReportProgress', data: { party: 'JP', health: 'on-track' } },
    { type: 'ReportNoProgress', data: { party: 'JP' } },
    { type: 'PauseCommitment', data: { party: 'JP', reasonCode: 'other' } },
    { type: 'SubmitEvidence', data: { party: 'JP', evidence: evidence('E1') } },
    {
      type: 'RequestExtension',
      data: { party: 'JP', due: { precision: 'day', day: '2026-09-30' }, reasonCode: 'other' },
    },
  ];
  test.each(spoken.map((command) => [command.type, command] as const))(
    'speaks through those who lead or support it only (%s)',
    (_type, command) => {
      const lead = {
        ...jointProposal,
        undertakings: [{ party: 'IN' }, { party: 'JP', lead: 'jp-a', supporting: ['jp-b'] }],
      };
      const officer = (organisation: string) => says({ ...japaneseOfficer, organisation });
      for (const part of ['jp-a', 'jp-b']) open(lead).when(command, officer(part)).happens(expect.anything());
      open(lead).when(command, officer('jp-c')).isRefused('not-your-undertaking', { as: Forbidden });
      open(jointProposal).when(command, officer('jp-a')).isRefused('not-your-undertaking', { as: Forbidden });
      open(lead).when(command, says(japaneseOfficer)).happens(expect.anything());
      open(lead).when(command, says(indianOfficer)).isRefused('not-your-party', { as: Forbidden });
    },
  );
});

describe('a dispute', () => {
  const raise = (party: string): CommitmentCommand => ({
    type: 'RaiseDispute',
    data: { party, id: 'D1', about: 'status', text: { en: 'No.' } },
  });
  const raised: CommitmentEvent = {
    type: 'DisputeRaised',
    data: { party: 'IN', id: 'D1', about: 'status', text: { en: 'No.' } },
  };
  const settle: CommitmentCommand = { type: 'SettleDispute', data: { id: 'D1', how: 'reverted' } };
  const settled: CommitmentEvent = { type: 'DisputeSettled', data: { id: 'D1', how: 'reverted' } };
  const india = says(indianSecretariat);

  test('is raised by a side, also by the one a commitment is made to, and stands beside the state', () => {
    open(jointProposal).when(raise('IN'), india).happens(raised);
    open(unilateralProposal).when(raise('IN'), india).happens(raised);
    open(jointProposal)
      .when(raise('IN'), says(japaneseSecretariat))
      .isRefused('not-your-party', { as: Forbidden });
    open(jointProposal)
      .when(raise('FR'), says({ id: 'fr', role: 'secretariat', party: 'FR' }))
      .isRefused('not-concerned', { at: '/party' });
    open(jointProposal, raised).when(raise('IN'), india).isRefused('dispute-already-raised', { at: '/id' });
    expect(open(jointProposal, raised).state?.status).toBe('agreed');
  });

  test('is settled by the side that raised it or a joint document, never by the other side alone', () => {
    const standing = open(jointProposal, raised);
    standing.when(settle, india).happens(settled);
    standing.when(settle, says(recorder, { jointSource: true })).happens(settled);
    standing.when(settle, says(japaneseSecretariat)).isRefused('not-your-dispute', { as: Forbidden });
    standing.when(settle, says(recorder)).isRefused('not-your-dispute', { as: Forbidden });
    open(jointProposal).when(settle, india).isRefused('no-such-dispute', { as: NotFound, at: '/id' });
    open(jointProposal, raised, settled).when(settle, india).isRefused('dispute-settled', { at: '/id' });
  });
});

describe('an assessment from outside', () => {
  const scored = {
    id: 'A1',
    assessor: 'oslo',
    manual: '1',
    stage: 'interim',
    scores: { IN: 1, JP: -1 },
  } as const;
  const auditor = says({ id: 'key-auditor', role: 'auditor' });
  const recorded: CommitmentEvent = { type: 'AssessmentRecorded', data: scored };
  const revise = (data: object): CommitmentCommand => ({
    type: 'ReviseAssessment',
    data: { ...scored, ...data },
  });

  test('is recorded once, and turns no key', () => {
    open(jointProposal).when({ type: 'RecordAssessment', data: scored }, auditor).happens(recorded);
    open(jointProposal, recorded)
      .when({ type: 'RecordAssessment', data: scored }, auditor)
      .isRefused('assessment-already-recorded', { at: '/id' });
    expect(open(jointProposal, recorded).state).toEqual({
      ...open(jointProposal).state,
      assessments: [scored],
    });
  });

  test('is revised by its assessor, and only the latest counts', () => {
    const revised: CommitmentEvent = { type: 'AssessmentRevised', data: { ...scored, stage: 'final' } };
    open(jointProposal, recorded)
      .when(revise({ stage: 'final' }), auditor)
      .happens(revised);
    open(jointProposal, recorded)
      .when(revise({ assessor: 'paris' }), auditor)
      .isRefused('other-assessor', { at: '/assessor' });
    open(jointProposal)
      .when(revise({}), auditor)
      .isRefused('no-such-assessment', { as: NotFound, at: '/id' });
    expect(open(jointProposal, recorded, revised).state?.assessments).toEqual([
      { ...scored, stage: 'final' },
    ]);
  });

  test('scores parties of the dialogue', () => {
    for (const type of ['RecordAssessment', 'ReviseAssessment'] as const) {
      open(jointProposal, ...(type === 'ReviseAssessment' ? [recorded] : []))
        .when({ type, data: { ...scored, scores: { FR: 0 } } }, auditor)
        .isRefused('unknown-party', { as: NotFound, at: '/scores/FR' });
    }
  });
});

describe('work', () => {
  const japanese = says(japaneseOfficer);
  const state = (...events: CommitmentEvent[]) => open(jointProposal, ...events).state?.status;
  const paused: CommitmentEvent = { type: 'CommitmentPaused', data: { party: 'JP', reasonCode: 'other' } };

  test('is begun, rests and is taken up again by the word of a responsible side', () => {
    open(jointProposal)
      .when({ type: 'StartWork', data: { party: 'JP' } }, japanese)
      .happens({ type: 'WorkStarted', data: { party: 'JP' } });
    open(jointProposal)
      .when({ type: 'PauseCommitment', data: { party: 'JP', reasonCode: 'other' } }, japanese)
      .happens(paused);
    open(jointProposal, paused)
      .when({ type: 'ResumeCommitment', data: { party: 'JP' } }, japanese)
      .happens({ type: 'CommitmentResumed', data: { party: 'JP' } });
    open(jointProposal, paused)
      .when({ type: 'ResumeCommitment', data: { party: 'JP' } }, says(indianOfficer))
      .isRefused('not-your-party', { as: Forbidden });
    expect(open(jointProposal, paused).state?.due).toEqual(open(jointProposal).state?.due);
  });

  test('is not begun by a word that there is nothing to report', () => {
    const nothing: CommitmentEvent = { type: 'NoProgressReported', data: { party: 'JP' } };
    open(jointProposal)
      .when({ type: 'ReportNoProgress', data: { party: 'JP' } }, japanese)
      .happens(nothing);
    expect([state(nothing), state(nothing, { type: 'WorkStarted', data: { party: 'JP' } })]).toEqual([
      'agreed',
      'in-progress',
    ]);
  });

  test('is judged by criteria that there are, each once', () => {
    const criteria = [{ id: 'map', text: { en: 'A map' } }];
    const judge = (...ids: string[]): CommitmentCommand => ({
      type: 'ReportProgress',
      data: { party: 'JP', health: 'on-track', criteria: ids.map((criterion) => ({ criterion, is: 'met' })) },
    });
    const start = given(commitment, proposed({ ...jointProposal, criteria }), agreed);
    start.when(judge('map'), japanese).happens(expect.objectContaining({ type: 'ProgressReported' }));
    start
      .when(judge('map', 'list'), japanese)
      .isRefused('no-such-criterion', { as: NotFound, at: '/criteria/1/criterion' });
    start.when(judge('map', 'map'), japanese).isRefused('criterion-twice', { at: '/criteria/1/criterion' });
    given(commitment)
      .when(
        { type: 'ProposeCommitment', data: { ...jointProposal, criteria: [...criteria, ...criteria] } },
        says(recorder, {
          sources: [{ document: 'a', quotation: { text: 'a', language: 'en', verbatim: true } }],
        }),
      )
      .isRefused('criterion-twice', { as: Malformed, at: '/criteria' });
  });
});
