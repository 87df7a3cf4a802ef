import { ChangeFocusArea, defineFocusArea } from '../../commands/focus-area.js';
import type { ChangeRoute } from '../change-route.js';

const ofCode = ({ code }: { code: string }) => code;

/** Changes of a focus area. */
export const focusAreaRoutes: readonly ChangeRoute[] = [
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
];
