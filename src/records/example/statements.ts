import { hash } from 'node:crypto';
import type { Day } from '../../domain/calendar.js';
import type { CriterionJudged, Health } from '../../domain/commitment/events.js';
import type { Classification, Criterion, Proposal } from '../../domain/commitment/statement.js';
import type { DueTerms } from '../../domain/due.js';
import { digestOf } from '../../event-store/entry.js';
import type { Line } from '../script.js';
import { MINUTES } from './dialogue.js';
import { desk, type ExampleParty, records, secretariat } from './voices.js';

const leads: Record<ExampleParty, string> = { ALD: 'example-ald-water', MER: 'example-mer-rivers' };
export const both: readonly ExampleParty[] = ['ALD', 'MER'];

export interface Promised {
  readonly id: string;
  readonly by: readonly ExampleParty[];
  readonly title: string;
  readonly text: string;
  readonly due: DueTerms;
  readonly type?: Proposal['type'];
  readonly criteria?: readonly Criterion[];
  readonly classification?: Classification;
  /** It comes from no round; from the first otherwise. */
  readonly betweenRounds?: true;
}

/** What one document says was promised, on a day. */
export function proposed(
  { id, by, title, text, due, type = 'action', criteria, classification, betweenRounds }: Promised,
  on: Day,
  source: string,
  alsoSaid: readonly { readonly document: string; readonly text: string }[] = [],
): Line {
  const proposal: Proposal = {
    id,
    titles: { en: title },
    text: { en: text },
    nature: by.length > 1 ? 'joint' : 'unilateral',
    type,
    strength: 'political',
    focusAreas: [id.split('-')[0]!],
    undertakings: by.map((party) => ({ party, lead: leads[party] })),
    ...(by.length === 1 && { towards: both.find((party) => party !== by[0])! }),
    ...(!betweenRounds && { round: 1 }),
    due,
    ...(criteria && { criteria }),
    ...(classification && { classification }),
  };
  const said = [{ document: source, text }, ...alsoSaid];
  const sources = said.map(({ document, text: words }) => ({
    document,
    quotation: { text: words, language: 'en', verbatim: true },
  }));
  return records(
    'commitment',
    id,
    { type: 'ProposeCommitment', data: proposal },
    { occurredOn: on, sources },
  );
}

/** A commitment agreed by a document of both sides: the minutes of the first round, unless another is named. */
export function promised(what: Promised, on: Day, source = MINUTES): Line[] {
  return [
    proposed(what, on, source),
    records(
      'commitment',
      what.id,
      { type: 'AgreeCommitment', data: {} },
      { occurredOn: on, sources: [{ document: source }] },
    ),
  ];
}

export function reported(
  id: string,
  party: ExampleParty,
  health: Health,
  text: string,
  on: Day,
  criteria?: readonly CriterionJudged[],
): Line {
  const data = { party, health, text: { en: text }, ...(criteria && { criteria }) };
  return desk[party]('commitment', id, { type: 'ReportProgress', data }, { occurredOn: on });
}

export function submitted(id: string, party: ExampleParty, title: string, on: Day, number = ''): Line {
  const evidence = { id: `${id}-${party}${number}`, titles: { en: title }, digest: evidenceDigest(title) };
  return desk[party](
    'commitment',
    id,
    { type: 'SubmitEvidence', data: { party, evidence } },
    { occurredOn: on },
  );
}

export function claimed(id: string, party: ExampleParty, title: string, on: Day): Line[] {
  return [
    submitted(id, party, title, on),
    desk[party](
      'commitment',
      id,
      { type: 'ClaimDelivery', data: { party, evidence: [`${id}-${party}`] } },
      { occurredOn: on },
    ),
  ];
}

const evidenceDigest = (title: string) => hash('sha256', title);

/** A party's key to claims that rest on one piece of evidence each, by its title. */
export function attested(
  id: string,
  party: ExampleParty,
  claims: readonly (readonly [ExampleParty, title: string])[],
  on: Day,
): Line {
  const claimDigest = digestOf(
    claims.map(([claimant, title]) => ({
      party: claimant,
      by: `desk-${claimant.toLowerCase()}`,
      rests: [`${id}-${claimant}`],
      evidence: [{ id: `${id}-${claimant}`, digest: evidenceDigest(title) }],
    })),
  );
  return secretariat[party](
    'commitment',
    id,
    { type: 'AttestDelivery', data: { party, claimDigest } },
    { occurredOn: on },
  );
}

/** A party's key to the words and the date as they stand in the proposal, or with the `text` since corrected. */
export function textConfirmed({ id, text, due }: Promised, party: ExampleParty, on: Day): Line {
  const textDigest = digestOf({ text: { en: text }, due });
  return secretariat[party](
    'commitment',
    id,
    { type: 'ConfirmCommitmentText', data: { party, textDigest } },
    { occurredOn: on },
  );
}
