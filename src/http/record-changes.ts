import { REGISTRY } from '../commands/decisions.js';
import { announceDialogue, ChangeDialogue } from '../commands/dialogue.js';
import { ChangeFocusArea, defineFocusArea } from '../commands/focus-area.js';
import { ChangeFollowUp, holdFollowUp, scheduleFollowUp } from '../commands/follow-up.js';
import { newId } from '../commands/new-id.js';
import { ChangeOrganisation, registerOrganisation } from '../commands/organisation.js';
import { ChangeRound, holdRound, nameCoChair, scheduleRound } from '../commands/round.js';
import { ChangeSourceDocument, registerSourceDocument } from '../commands/source-document.js';
import { type ChangeRoute, controllerFor, type Params } from './change-route.js';

const ofCode = ({ code }: { code: string }) => code;
const ofNumber = (_data: unknown, { number }: Params) => number!;

const routes: readonly ChangeRoute[] = [
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
  {
    command: 'RegisterOrganisation',
    method: 'POST',
    path: 'organisations',
    summary: 'Register an organisation',
    body: registerOrganisation,
    Request: ChangeOrganisation,
    log: () => REGISTRY,
    id: ofCode,
    created: () => '/v1/organisations',
  },
  {
    command: 'DefineFocusArea',
    method: 'POST',
    path: 'dialogues/:dialogue/focus-areas',
    summary: 'Define a focus area',
    body: defineFocusArea,
    Request: ChangeFocusArea,
    id: ofCode,
    created: (log, id) => `/v1/dialogues/${log}/focus-areas/${id}/status`,
  },
  {
    command: 'RegisterSourceDocument',
    method: 'POST',
    path: 'dialogues/:dialogue/sources',
    summary: 'Register a source document',
    body: registerSourceDocument,
    Request: ChangeSourceDocument,
    id: ({ id }: { id: string }) => id,
    created: (log) => `/v1/dialogues/${log}/sources`,
  },
  {
    command: 'ScheduleRound',
    method: 'POST',
    path: 'dialogues/:dialogue/rounds',
    summary: 'Schedule a round',
    body: scheduleRound,
    Request: ChangeRound,
    id: ({ number }: { number: number }) => String(number),
    created: (log) => `/v1/dialogues/${log}/rounds`,
  },
  {
    command: 'HoldRound',
    method: 'PUT',
    path: 'dialogues/:dialogue/rounds/:number/holding',
    summary: 'Record that a round was held',
    body: holdRound,
    Request: ChangeRound,
    id: ofNumber,
  },
  {
    command: 'NameCoChair',
    method: 'POST',
    path: 'dialogues/:dialogue/rounds/:number/co-chairs',
    summary: 'Name a co-chair of a round',
    body: nameCoChair,
    Request: ChangeRound,
    id: ofNumber,
    created: (log) => `/v1/dialogues/${log}/rounds`,
  },
  {
    command: 'ScheduleFollowUp',
    method: 'POST',
    path: 'dialogues/:dialogue/follow-ups',
    summary: 'Schedule a follow-up',
    body: scheduleFollowUp,
    Request: ChangeFollowUp,
    id: ({ id }: { id?: string }) => id ?? newId(),
    created: (log) => `/v1/dialogues/${log}/follow-ups`,
  },
  {
    command: 'HoldFollowUp',
    method: 'PUT',
    path: 'dialogues/:dialogue/follow-ups/:id/holding',
    summary: 'Record that a follow-up was held',
    body: holdFollowUp,
    Request: ChangeFollowUp,
  },
];

/** Everything that is put on record beside commitments. */
export const RecordChangesController = controllerFor('RecordChangesController', 'Record', routes);
