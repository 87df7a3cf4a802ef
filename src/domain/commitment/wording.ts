import { type Day, windowOf } from '../calendar.js';
import { Forbidden, Malformed, mustGiveReason, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf, Rewording } from './events.js';
import { decideJointly } from './joint-decision.js';
import type { Commitment } from './state.js';
import type { Statement, Wording } from './statement.js';

/** The words that hold on a day: as agreed, with every amendment that has begun (domain.md 6.1). */
export function wordingOn({ statement, amendments }: Commitment, day: Day): Statement {
  return amendments
    .filter(({ from }) => from <= day)
    .reduce((before, { changes }) => ({ ...before, ...changes }), statement);
}

/** The words as last decided, whether or not the day has come from which they hold. */
export function latestWording({ statement, amendments }: Commitment): Statement {
  return amendments.reduce((before, { changes }) => ({ ...before, ...changes }), statement);
}

/** An agreed change of the words from a day on; what held before stays true of its time. */
export function amend(
  commitment: Commitment,
  { from, changes }: DataOf<CommitmentCommand, 'AmendCommitment'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  windowOf(from, '/from');
  mustChange(commitment, changes);
  return decideJointly(commitment, [{ type: 'CommitmentAmended', data: { from, changes } }], around);
}

/** Repairs what was recorded wrongly: it was never so. Keys to the wrong words go stale. */
export function correct(
  commitment: Commitment,
  { changes }: DataOf<CommitmentCommand, 'CorrectCommitment'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustGiveReason(around.reason, 'Say what was wrong with the record.');
  mustChange(commitment, changes);
  mustNotReword(commitment, changes, around);
  const { round, ...words } = changes;
  return [
    { type: 'CommitmentCorrected', data: { changes: { ...words, ...(round !== undefined && { round }) } } },
  ];
}

/**
 * What every side's key refers to is not one side's to repair once it is agreed: else a correction would be an amendment that
 * takes one word instead of two (domain.md 6.6). A recorder of no side still can; the keys go stale.
 */
function mustNotReword(
  { agreed }: Commitment,
  changes: Rewording,
  { actor, jointSource }: CommitmentCircumstances,
): void {
  if (!agreed || !actor.party || jointSource || !('text' in changes || 'criteria' in changes)) return;
  throw new Forbidden(
    'takes-every-side',
    `The words agreed are every side’s: cite the joint document that has them right, or amend them. You speak for ${actor.party}.`,
    '/changes',
  );
}

/** Our own sorting of the statement, by type and strength; its words stay as they are. */
export function reclassify(
  commitment: Commitment,
  changes: DataOf<CommitmentCommand, 'ReclassifyCommitment'>,
): CommitmentEvent[] {
  mustChange(commitment, changes, '');
  return [{ type: 'CommitmentReclassified', data: changes }];
}

/** Adds the words in another language. They never stand in for the agreed ones: keys do not refer to them. */
export function translate(
  commitment: Commitment,
  translation: DataOf<CommitmentCommand, 'TranslateCommitment'>,
): CommitmentEvent[] {
  const { language } = translation;
  if (language in latestWording(commitment).text) {
    throw new Refusal(
      'language-of-the-agreed-text',
      `The agreed text has words in ${language}; correct or amend those.`,
      '/language',
    );
  }
  return [{ type: 'CommitmentTranslated', data: translation }];
}

/** The state's words after a correction: each member is repaired where it was last decided. */
export function corrected(
  { statement, amendments }: Commitment,
  changes: DataOf<CommitmentEvent, 'CommitmentCorrected'>['changes'],
): Pick<Commitment, 'statement' | 'amendments'> {
  let repaired = { statement, amendments: [...amendments] };
  for (const [member, value] of Object.entries(changes)) {
    const last = repaired.amendments.findLastIndex((each) => member in each.changes);
    const { from, changes: before } = repaired.amendments[last] ?? {};
    if (from && before) repaired.amendments[last] = { from, changes: { ...before, [member]: value } };
    else repaired = { ...repaired, statement: { ...repaired.statement, [member]: value } };
  }
  return repaired;
}

/** Refuses criteria with the same id: what is judged must be one thing. */
export function mustNameCriteriaOnce({ criteria = [] }: Partial<Wording>, field = '/criteria'): void {
  if (new Set(criteria.map(({ id }) => id)).size < criteria.length) {
    throw new Malformed('criterion-twice', 'Each criterion has an id of its own.', field);
  }
}

function mustChange(
  commitment: Commitment,
  changes: Rewording & { readonly round?: number | undefined },
  field = '/changes',
): void {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw new Malformed('nothing-changed', 'Say what changes.', field);
  mustNameCriteriaOnce(changes, `${field}/criteria`);
  const before = latestWording(commitment) as Wording & { round?: number };
  const same = given.every(
    ([member, value]) => JSON.stringify(value) === JSON.stringify(before[member as keyof Wording]),
  );
  if (same) throw new Refusal('nothing-changed', 'That is what the record says already.', field);
}
