import type { ReminderKind } from '../domain/reminder-turn.js';
import { concernedParties, responsibleParties } from '../domain/commitment/state.js';
import { openStatuses, unclaimedStatuses } from '../domain/commitment/life-cycle.js';
import { deadlineOf } from '../domain/due.js';
import type { Task } from '../mail/reminder-content.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';

export interface Turn {
  readonly task: Task;
  /** Codes of the parties whose turn it is. */
  readonly parties: readonly string[];
}

const tasks: Readonly<Record<Exclude<ReminderKind, 'escalation'>, Task>> = {
  due: 'deliver',
  review: 'deliver',
  silent: 'deliver',
  'confirm-text': 'confirm-text',
  'answer-extension': 'answer-extension',
  attest: 'attest',
};

/** What those above are told of, the first that applies: whose turn it is decides (domain.md 7). */
const escalated: readonly Task[] = ['confirm-text', 'answer-extension', 'attest', 'deliver'];

/** Whose turn it is in what a reminder is about, as things stand; undefined where it is no longer called for. */
export function turnNow(
  commitment: CommitmentAnswer,
  { kind, party }: { readonly kind: ReminderKind; readonly party: string },
): Turn | undefined {
  if (kind === 'escalation') {
    return escalated
      .map((task) => ({ task, parties: awaited(commitment, task) }))
      .find(({ parties }) => parties.length > 0);
  }
  const task = tasks[kind];
  const parties = awaited(commitment, task);
  return parties.includes(party) && isStillOf(kind, commitment) ? { task, parties } : undefined;
}

/** What has a date falls due, and what has none is reviewed. */
function isStillOf(kind: ReminderKind, { due }: CommitmentAnswer): boolean {
  const hasDate = deadlineOf(due) !== undefined;
  if (kind === 'due') return hasDate;
  return kind === 'review' ? !hasDate : true;
}

function awaited(commitment: CommitmentAnswer, task: Task): readonly string[] {
  const { status, delivery, text, dueHistory } = commitment;
  const without = (parties: readonly string[], answered: readonly string[]) =>
    parties.filter((party) => !answered.includes(party));
  const concerned = concernedParties({ statement: commitment });
  switch (task) {
    case 'confirm-text':
      return status === 'proposed' ? without(concerned, [...text.confirmedBy, ...text.objectedToBy]) : [];
    case 'answer-extension': {
      const { requested } = dueHistory;
      if (!requested || !openStatuses.includes(status)) return [];
      return without(concerned, [requested.party, ...requested.grantedBy]);
    }
    case 'attest':
      return status === 'delivery-claimed' ? without(delivery.keysNeeded, delivery.keysTurned) : [];
    case 'deliver': {
      const claimed = delivery.claims.map(({ party }) => party);
      return unclaimedStatuses.includes(status)
        ? without(responsibleParties({ statement: commitment }), claimed)
        : [];
    }
  }
}
