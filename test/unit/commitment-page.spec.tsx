import type { PactaEvent } from '../../src/domain/vocabulary.js';
import type { CommitmentAnswer } from '../../src/read-models/commitment-answer.js';
import { commitmentPage } from '../../src/web/commitment-page.js';
import type { CommitmentShown } from '../../src/web/page-contents.js';
import { commitment, event, seenIn, shown } from './page-contents.js';

const html = (changes: Partial<CommitmentAnswer>, besides: Partial<CommitmentShown> = {}) =>
  commitmentPage({ ...shown, ...besides, commitment: { ...commitment, ...changes } });
const page = (...changes: Parameters<typeof html>) => seenIn(html(...changes));

const happening = (type: string, data: unknown, besides: Partial<PactaEvent> = {}) =>
  ({ ...event, type, data, ...besides }) as PactaEvent;
const day = (on: string) => ({ precision: 'day', day: on, window: { start: on, end: on } }) as const;
const history = commitment.dueHistory;

describe('what is contested or waits for an answer stands first', () => {
  test('nothing is said where nothing waits', () => {
    expect(page({})).not.toContain('waiting for an answer');
  });

  test('an open dispute, with what it is about and since when; a settled one is history', () => {
    const dispute = {
      id: 'd1',
      party: 'JP',
      about: 'due-date',
      text: { en: 'It was May.' },
      settled: false,
    } as const;
    const events = [happening('DisputeRaised', dispute, { occurredOn: '2026-02-03' })];
    const text = page({ disputes: [dispute] }, { events });
    expect(text).toContain('Japan disputes the due date ( 3 February 2026 ): It was May.');
    expect(text.indexOf('disputes the due date')).toBeLessThan(text.indexOf('What was promised'));
    expect(page({ disputes: [{ ...dispute, settled: true }] }, { events })).not.toContain('Japan disputes');
  });

  test('a request for more time, with its reason and whose answer it waits for', () => {
    const requested = {
      party: 'IN',
      due: day('2026-06-30'),
      reasonCode: 'dependency-late',
      grantedBy: [],
    } as const;
    const events = [happening('ExtensionRequested', requested, { reason: 'The maps are late.' })];
    const text = page({ dueHistory: { ...history, requested } }, { events });
    expect(text).toMatch(
      /India asked for more time \( 5 January 2026 \): to be due 30 June 2026 +\(dependency late\)\. The maps are late\./,
    );
    expect(text).toContain('Waits for the answer of Japan');
    expect(text).toContain('More time asked');
  });

  test('a decision that one side proposed, told as it would be told once decided', () => {
    const terms = { from: '2026-05-01', changes: { text: { en: 'Survey all soil.' } } };
    const data = { party: 'JP', decision: 'CommitmentAmended', terms, digest: 'd' };
    const text = page(
      { proposed: [{ decision: 'CommitmentAmended', digest: 'd', by: ['JP'] }] },
      { events: [happening('JointDecisionProposed', data)] },
    );
    expect(text).toContain('Japan proposed to amend the words');
    expect(text).toContain('Amended from 1 May 2026 . Survey all soil. Waits for the answer of India .');
  });

  test('a withdrawal that not every responsible party has asked for', () => {
    expect(page({ withdrawalAskedBy: ['IN'] })).toMatch(
      /India asked for the withdrawal \.? ?Waits for the answer of Japan/,
    );
  });
});

describe('a due date that moved', () => {
  const agreed = {
    how: 'agreed',
    due: day('2026-02-28'),
    on: '2025-03',
    recordedAt: '2025-03-04T05:06:07Z',
  } as const;
  const extended = {
    how: 'extended',
    due: day('2026-05-09'),
    on: '2026-03-10',
    recordedAt: '2026-03-12T13:14:15Z',
    askedBy: 'IN',
    grantedBy: 'JP',
    reasonCode: 'resources-short',
  } as const;
  const moved = {
    baseline: agreed.due,
    changes: [agreed, extended],
    extensions: 1,
    slipDays: 70,
    daysOverdue: 9,
  };

  test('shows the first date for ever, who asked and who granted, and when that was recorded', () => {
    const text = page({ due: extended.due, dueHistory: moved });
    expect(text).toContain('first due 28 February 2026 : 70 days earlier');
    expect(text).toContain('asked by India , granted by Japan (resources short)');
    expect(text).toContain('10 March 2026 recorded 12 March 2026, 13:14 UTC');
    expect(text).toContain('9 days overdue in all');
  });

  test('says that it was moved when it had passed, and only then', () => {
    expect(page({ dueHistory: moved })).toContain('when the date before had passed');
    const inTime = { ...moved, changes: [agreed, { ...extended, on: '2026-02-28' }] };
    expect(page({ dueHistory: inTime })).not.toContain('had passed');
  });

  test('that never moved has no list of dates', () => {
    expect(page({ dueHistory: { ...moved, changes: [agreed], slipDays: 0 } })).not.toMatch(
      /How the due date moved|first due/,
    );
  });
});

describe('the words', () => {
  const text = commitment.text;

  test('show each side’s key: turned, stale, objected, or none', () => {
    const events = [happening('CommitmentTextObjected', { party: 'JP', objection: { en: 'Not all soil.' } })];
    const one = page({ text: { ...text, confirmedBefore: ['IN'], objectedToBy: ['JP'] } }, { events });
    expect(one).toContain('India confirmed earlier words: its key is stale for these');
    expect(one).toContain('Japan objects to these words ( 5 January 2026 ): Not all soil.');
    const other = page({ text: { ...text, confirmedBy: ['IN'] } });
    expect(other).toContain('India confirmed these words Japan has not confirmed them');
    expect(page({})).not.toContain('has not confirmed them');
  });

  test('in another language are marked with their standing, and as outdated when the agreed ones changed', () => {
    const translation = { language: 'hi', standing: 'machine', text: 'मिट्टी', title: 'सर्वेक्षण' } as const;
    const translations = [{ ...translation, outdated: true }];
    const shownText = page({ text: { ...text, translations } });
    expect(shownText).toContain('Hindi, machine translation of earlier words सर्वेक्षण मिट्टी');
    expect(html({ text: { ...text, translations } })).toContain('<p lang="hi">मिट्टी</p>');
    const fresh = [{ ...translation, outdated: false }];
    expect(page({ text: { ...text, translations: fresh } })).not.toContain('of earlier words');
  });

  test('say since when an amendment holds, and show one that is still to come', () => {
    const changes = { text: { en: 'Survey all soil.' } };
    const amendments = [
      { from: '2026-03-30', changes },
      { from: '2026-03-31', changes: { text: { en: 'Survey it twice.' } } },
    ];
    const shownText = page({ amendments });
    expect(shownText).toContain(
      'Amended since 30 March 2026 To be amended from 31 March 2026 : Survey it twice.',
    );
  });
});

test('delivery marks a stale key as such, and shows each side’s judgement of what must exist', () => {
  const criteria = [{ id: 'map', text: { en: 'A map' } }];
  const delivery = {
    ...commitment.delivery,
    keysStale: ['JP'],
    criteria: [{ criterion: 'map', is: 'not-met', party: 'IN' }] as const,
    partly: true,
  };
  const text = page({ criteria, delivery });
  expect(text).toContain('stale: turned before the claims or the evidence changed');
  expect(text).toContain('A map not met not judged');
  expect(text).toContain('Delivered in part');
});

test('what it became, what it replaced, where it was carried over and who assessed it are shown', () => {
  const other = (id: string) => ({ ...commitment, id, titles: { en: `Title of ${id}` } });
  const reached = { superseded: '2026-03-01' };
  const replaced = html(
    { status: 'superseded', successors: ['ENV-9'], reached },
    { successors: [other('ENV-9')], predecessors: [other('ENV-1')] },
  );
  expect(seenIn(replaced)).toContain('Replaced 1 March 2026 by ENV-9 Title of ENV-9');
  expect(seenIn(replaced)).toContain('In place of ENV-1 Title of ENV-1');
  expect(replaced).toContain('href="/dialogues/river-and-soil/commitments/ENV-9"');
  expect(page({ carriedOver: [1, 2] })).toContain('At the close of rounds 1 and 2');
  const assessment = {
    id: 'a',
    assessor: 'in-survey',
    manual: '4.1',
    stage: 'interim',
    scores: { IN: -1, JP: 1 },
  } as const;
  expect(page({ assessments: [assessment] })).toContain(
    'Survey Department India : no compliance (−1); Japan : full compliance (+1). Interim score',
  );
});

test('a successor that the reader may not know of is not named, nor missed in the sentence', () => {
  const text = page(
    {},
    { events: [happening('CommitmentSuperseded', { by: [] }), happening('CommitmentMerged', {})] },
  );
  expect(text).toContain('Replaced by others');
  expect(text).toContain('Merged into others');
});

test('the history tells a settled dispute by what it was about, and a report with what it judged', () => {
  const criteria = [{ id: 'map', text: { en: 'A map' } }];
  const dispute = { id: 'd1', party: 'JP', about: 'status', text: { en: 'No.' }, settled: true } as const;
  const events = [
    happening('DisputeSettled', { id: 'd1', how: 'reverted' }),
    happening('ProgressReported', {
      party: 'IN',
      health: 'off-track',
      reasonCode: 'resources-short',
      criteria: [{ criterion: 'map', is: 'not-met' }],
    }),
  ];
  const text = page({ disputes: [dispute], criteria }, { events });
  expect(text).toContain('Dispute about how it stands settled: what was contested was taken back');
  expect(text).toContain('India reported: off track (resources short) A map : not met');
});
