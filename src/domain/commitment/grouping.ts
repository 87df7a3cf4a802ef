import { Malformed, Refusal } from '../refusal.js';
import type { CommitmentCircumstances } from './circumstances.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent, DataOf } from './events.js';
import { decideJointly } from './joint-decision.js';
import { endedStatuses } from './life-cycle.js';
import type { Commitment } from './state.js';

/** Groups the commitment under other focus areas. Asking for what is so already changes nothing. */
export function moveToFocusArea(
  { statement }: Commitment,
  { focusAreas }: DataOf<CommitmentCommand, 'MoveCommitmentToFocusArea'>,
): CommitmentEvent[] {
  const from = statement.focusAreas;
  if (from.length === focusAreas.length && from.every((code) => focusAreas.includes(code))) return [];
  return [{ type: 'CommitmentMovedToFocusArea', data: { from, to: focusAreas } }];
}

/** Ends the commitment in favour of its parts, so that one can be delivered and the other carried on. */
export function split(
  commitment: Commitment,
  { into }: DataOf<CommitmentCommand, 'SplitCommitment'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  if (into.length < 2) throw new Malformed('too-few-parts', 'A split has at least two parts.', '/into');
  mustSucceed(commitment, into, around, '/into');
  return decideJointly(
    commitment,
    [
      { type: 'CommitmentSplit', data: { into } },
      { type: 'CommitmentSuperseded', data: { by: into } },
    ],
    around,
  );
}

/** Ends the commitment in favour of another that takes it in. */
export function merge(
  commitment: Commitment,
  { into }: DataOf<CommitmentCommand, 'MergeCommitment'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustSucceed(commitment, [into], around, '/into');
  return decideJointly(
    commitment,
    [
      { type: 'CommitmentMerged', data: { into } },
      { type: 'CommitmentSuperseded', data: { by: [into] } },
    ],
    around,
  );
}

/** Ends the commitment in favour of others that replace it. */
export function supersede(
  commitment: Commitment,
  { by }: DataOf<CommitmentCommand, 'SupersedeCommitment'>,
  around: CommitmentCircumstances,
): CommitmentEvent[] {
  mustSucceed(commitment, by, around, '/by');
  return decideJointly(commitment, [{ type: 'CommitmentSuperseded', data: { by } }], around);
}

/** Successors are agreed, not ended, and never lead back; what is disputed is settled first (domain.md 6.4). */
function mustSucceed(
  commitment: Commitment,
  ids: readonly string[],
  { others }: CommitmentCircumstances,
  field: string,
): void {
  const open = commitment.disputes.find(({ settled }) => !settled);
  if (open) {
    throw new Refusal('dispute-open', `The dispute ${open.id} is open; settle it first.`);
  }
  ids.forEach((id, index) => {
    const at = field === '/into' && ids.length === 1 ? field : `${field}/${index}`;
    const other = others?.get(id);
    const own = commitment.statement.id;
    if (id === own || other?.successors.includes(own)) {
      throw new Refusal('supersession-cycle', `${id} would lead back to ${own}.`, at);
    }
    if (!other || other.status === 'proposed') {
      throw new Refusal('successor-not-agreed', `${id} is not agreed; a successor is agreed first.`, at);
    }
    if (endedStatuses.includes(other.status)) {
      throw new Refusal('successor-ended', `${id} is ${other.status}; it cannot take anything over.`, at);
    }
  });
}
