import type { AccessCommand, AccessEvent } from './access.js';
import type { CommitmentCommand } from './commitment/commands.js';
import type { CommitmentEvent } from './commitment/events.js';
import type { DialogueCommand, DialogueEvent } from './dialogue.js';
import type { Recorded } from './event.js';
import type { FocusAreaCommand, FocusAreaEvent } from './focus-area.js';
import type { FollowUpCommand, FollowUpEvent } from './follow-up.js';
import type { OfficeCommand, OfficeEvent } from './office.js';
import type { OrganisationCommand, OrganisationEvent } from './organisation.js';
import type { ReminderCommand, ReminderEvent } from './reminder.js';
import type { RoundCommand, RoundEvent } from './round.js';
import type { SourceDocumentCommand, SourceDocumentEvent } from './source-document/events.js';
import type { SubscriptionCommand, SubscriptionEvent } from './subscription.js';

/** Everything that can happen, by the kind of stream that it happens to. */
export interface Facts {
  dialogue: DialogueEvent;
  round: RoundEvent;
  'focus-area': FocusAreaEvent;
  'source-document': SourceDocumentEvent;
  organisation: OrganisationEvent;
  office: OfficeEvent;
  commitment: CommitmentEvent;
  'follow-up': FollowUpEvent;
  reminder: ReminderEvent;
  access: AccessEvent;
  subscription: SubscriptionEvent;
}

export type StreamKind = keyof Facts;

/** Everything that can happen, in one type. */
export type PactaFact = Facts[StreamKind];

/** Any event as a subscriber of the log receives it. */
export type PactaEvent = Recorded<PactaFact>;

export type EventType = PactaFact['type'];

/** Version of the words in this vocabulary; stored on every event, so that a later change of meaning is visible. */
export const VOCABULARY_VERSION = 1;

/** Everything that can be asked for, in one type. */
export type PactaCommand =
  | DialogueCommand
  | RoundCommand
  | FocusAreaCommand
  | SourceDocumentCommand
  | OrganisationCommand
  | OfficeCommand
  | CommitmentCommand
  | FollowUpCommand
  | ReminderCommand
  | AccessCommand
  | SubscriptionCommand;

export type CommandType = PactaCommand['type'];
