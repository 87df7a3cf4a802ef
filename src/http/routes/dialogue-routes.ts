import {
  announceDialogue,
  changeCadence,
  ChangeDialogue,
  concludeDialogue,
  joinDialogue,
  leaveDialogue,
  setReminderPolicy,
  setVerificationRule,
} from '../../commands/dialogue.js';
import type { ChangeRoute } from '../change-route.js';
import { changesBelow } from './changes-below.js';

/** A change of a dialogue that exists, at an address below its own. */
const of = changesBelow('dialogues/:dialogue', ChangeDialogue, ({ dialogue }) => dialogue!);

/** Changes of a dialogue. */
export const dialogueRoutes: readonly ChangeRoute[] = [
  {
    command: 'AnnounceDialogue',
    method: 'POST',
    path: 'dialogues',
    summary: 'Announce a dialogue',
    body: announceDialogue,
    Request: ChangeDialogue,
    log: ({ slug }: { slug: string }) => slug,
    id: ({ slug }: { slug: string }) => slug,
    created: (log) => `/v1/dialogues/${log}`,
  },
  of('JoinDialogue', 'POST', 'parties', joinDialogue, 'Record that a party joined, or came back'),
  of(
    'LeaveDialogue',
    'POST',
    'departures',
    leaveDialogue,
    'Record that a party left; at least two stay, and what it has undertaken it still owes',
  ),
  of('ChangeCadence', 'PUT', 'cadence', changeCadence, 'Record how often the dialogue meets from now on'),
  of(
    'SetVerificationRule',
    'POST',
    'verification-rules',
    setVerificationRule,
    'Set the rule for claims made from a day on, never for earlier ones',
  ),
  of(
    'SetReminderPolicy',
    'PUT',
    'reminder-policy',
    setReminderPolicy,
    'Set when reminders go out and whom they reach; what is planned is planned anew',
  ),
  of(
    'ConcludeDialogue',
    'PUT',
    'conclusion',
    concludeDialogue,
    'Conclude the dialogue: nothing new is recorded in it',
  ),
];
