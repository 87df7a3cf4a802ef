import type { CommitmentEvent, DataOf } from '../domain/commitment/events.js';
import { deliveryEventWords } from './delivery-event-words.js';
import { dueEventWords } from './due-event-words.js';
import { endingEventWords } from './ending-event-words.js';
import { by, type CommitmentEventType, type Names, type Telling, type Words } from './event-telling.js';
import { wordingEventWords } from './wording-event-words.js';

/** What each event of a commitment is in plain words; the compiler refuses one that was forgotten. */
const commitmentEventWords: Telling<CommitmentEventType> = {
  ...wordingEventWords,
  ...dueEventWords,
  ...deliveryEventWords,
  ...endingEventWords,
  JointDecisionProposed: (data, names) =>
    by(`proposed ${jointDecisions[data.decision] ?? data.decision}`, () => proposedTerms(data, names))(
      data,
      names,
    ),
};

/** What an event of this type says, in plain words; undefined for one that is no commitment's. */
export function commitmentEventTold(type: string, data: unknown, names: Names): Words | undefined {
  const tell = (commitmentEventWords as Readonly<Record<string, (data: unknown, names: Names) => Words>>)[
    type
  ];
  return tell?.(data, names);
}

/** Decisions that no side takes alone, as what one of them proposed. */
const jointDecisions: Readonly<Record<string, string>> = {
  CommitmentAmended: 'to amend the words',
  CommitmentSplit: 'to split it',
  CommitmentMerged: 'to merge it into another',
  CommitmentSuperseded: 'to replace it',
  CommitmentReopened: 'to take it up again',
  DueDateSet: 'to set a due date',
  DueDateBroughtForward: 'to bring the due date forward',
};

/** What would hold if the other side agreed: told as the decision itself would be. */
function proposedTerms({ decision, terms }: DataOf<CommitmentEvent, 'JointDecisionProposed'>, names: Names) {
  const words = commitmentEventTold(decision, terms, names);
  return (
    words && (
      <>
        {words.what}. {words.details}
      </>
    )
  );
}
