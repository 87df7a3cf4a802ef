import fc from 'fast-check';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Recorded } from '../../src/domain/event.js';
import { type CommitmentDocument, documentAfter } from '../../src/read-models/commitment-document.js';
import { attested, claimed, jointProposal, proposed, quoted, submitted } from './commitments.js';
import { indianOfficer, japaneseOfficer } from './scenario.js';

type Told = Recorded<CommitmentEvent>;

const window = { start: '2026-06-30', end: '2026-06-30' };
const due = { precision: 'day', day: '2026-06-30', window } as const;
const terms = { party: 'IN', due, reasonCode: 'other' } as const;
const marked = { level: 'own-side', party: 'IN' } as const;

/** What can happen, with members that are there or not. */
const happenings: readonly (CommitmentEvent &
  Partial<Pick<Told, 'reason' | 'confidentiality' | 'sources'>>)[] = [
  { type: 'CommitmentTextConfirmed', data: { party: 'IN' }, sources: quoted },
  { type: 'CommitmentTextObjected', data: { party: 'JP', objection: { en: 'No.' } } },
  { type: 'CommitmentAgreed', data: { basis: 'joint-document' } },
  { type: 'CommitmentAmended', data: { from: '2026-02-01', changes: { text: { en: 'Other words.' } } } },
  { type: 'CommitmentCorrected', data: { changes: { verb: 'explore' } } },
  { type: 'CommitmentReclassified', data: { strength: 'binding' } },
  { type: 'CommitmentTranslated', data: { language: 'ja', text: '訳', standing: 'unofficial' } },
  { type: 'UndertakingAssigned', data: { party: 'IN', lead: 'MEA' } },
  { type: 'FocalPointNamed', data: { party: 'IN', focalPoint: 'ref-1' } },
  { type: 'DueDateSet', data: { due } },
  { type: 'DueDateSet', data: { due: { precision: 'next-round' } } },
  { type: 'DueDateResolved', data: { window, round: 2 } },
  { type: 'DueDateResolved', data: { window } },
  { type: 'DueDateResolved', data: { window: null } },
  { type: 'ExtensionRequested', data: terms },
  { type: 'ExtensionGranted', data: { ...terms, grantedBy: 'JP', complete: true } },
  { type: 'ExtensionGranted', data: { ...terms, grantedBy: 'JP', complete: false } },
  { type: 'ExtensionRefused', data: { party: 'IN', refusedBy: 'JP' } },
  { type: 'WorkStarted', data: { party: 'IN' } },
  { type: 'ProgressReported', data: { party: 'IN', health: 'on-track' } },
  { type: 'ProgressReported', data: { party: 'JP', health: 'at-risk' }, confidentiality: marked },
  { type: 'NoProgressReported', data: { party: 'JP' } },
  submitted('IN', 'E-1'),
  { ...submitted('JP', 'E-2'), confidentiality: marked },
  { type: 'EvidenceWithdrawn', data: { party: 'IN', evidence: 'E-1' } },
  claimed(indianOfficer, 'E-1', 'digest', false),
  claimed(japaneseOfficer, 'E-1', 'digest', true),
  attested(japaneseOfficer, 'digest'),
  { type: 'AttestationDeclined', data: { party: 'JP', claimDigest: 'digest' } },
  { type: 'CommitmentVerified', data: { claimDigest: 'digest' } },
  { type: 'CommitmentWithdrawn', data: { by: ['IN', 'JP'] }, reason: 'No money.' },
  { type: 'CommitmentWithdrawn', data: { by: ['IN', 'JP'] } },
  { type: 'CommitmentReopened', data: { due } },
  { type: 'PublicationProposed', data: { party: 'IN' } },
  { type: 'EmbargoSet', data: { until: '2026-12-01T00:00:00.000Z', by: ['IN', 'JP'] } },
  { type: 'ReleasedToPublic', data: { by: ['IN', 'JP'] } },
  { type: 'ConfidentialityChanged', data: { party: 'IN', confidentiality: marked, ground: 'talks' } },
];

const histories = fc.array(fc.constantFrom(...happenings), { maxLength: 25 }).map((events) =>
  [proposed(jointProposal), ...events].map((event, index): Told => {
    const day = `2026-${String(1 + (index % 12)).padStart(2, '0')}-15`;
    const recorded = { occurredOn: day, recordedAt: `${day}T09:00:00.000000Z`, position: index + 1 };
    return { confidentiality: 'public', actor: indianOfficer, ...event, ...recorded } as unknown as Told;
  }),
);

/** Places of members that are there without a value: written and read they are gone, and come back at another place. */
function undefinedIn(value: unknown, at = ''): string[] {
  if (value === undefined) return [at];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) => undefinedIn(member, `${at}/${name}`));
}

test('a document is the same bytes whether it was folded in one go or written and read after every event', () => {
  fc.assert(
    fc.property(histories, (events) => {
      let inOneGo: CommitmentDocument | undefined;
      let oneByOne: CommitmentDocument | undefined;
      for (const event of events) {
        inOneGo = documentAfter(inOneGo, event);
        expect(undefinedIn(inOneGo)).toEqual([]);
        oneByOne = JSON.parse(JSON.stringify(documentAfter(oneByOne, event))) as CommitmentDocument;
      }
      expect(JSON.stringify(inOneGo)).toBe(JSON.stringify(oneByOne));
    }),
    { numRuns: 500 },
  );
});
