import type { CommitmentEvent } from './commitment/events.js';
import type { DialogueEvent } from './dialogue.js';
import type { Recorded } from './event.js';
import type { FocusAreaEvent } from './focus-area.js';
import type { FollowUpEvent } from './follow-up.js';
import type { OrganisationEvent } from './organisation.js';
import type { ReminderEvent } from './reminder.js';
import type { RoundEvent } from './round.js';
import type { SourceDocumentEvent } from './source-document.js';

/** Everything that can happen, in one type. */
export type PactaFact =
  | DialogueEvent
  | RoundEvent
  | FocusAreaEvent
  | SourceDocumentEvent
  | OrganisationEvent
  | CommitmentEvent
  | FollowUpEvent
  | ReminderEvent;

/** Any event as a subscriber of the log receives it. */
export type PactaEvent = Recorded<PactaFact>;

export type EventType = PactaFact['type'];

/** Version of the words in this vocabulary; stored on every event, so that a later change of meaning is visible. */
export const VOCABULARY_VERSION = 1;
