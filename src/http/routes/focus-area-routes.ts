import {
  ChangeFocusArea,
  defineFocusArea,
  mergeFocusArea,
  renameFocusArea,
  retireFocusArea,
  splitFocusArea,
} from '../../commands/focus-area.js';
import type { ChangeRoute, Params } from '../change-route.js';

const areas = 'dialogues/:dialogue/focus-areas';
const ofAddress = {
  Request: ChangeFocusArea,
  id: (_data: unknown, { code }: Params) => code!,
};

/** Changes of a focus area. */
export const focusAreaRoutes: readonly ChangeRoute[] = [
  {
    command: 'DefineFocusArea',
    method: 'POST',
    path: areas,
    summary: 'Define a focus area',
    body: defineFocusArea,
    Request: ChangeFocusArea,
    id: ({ code }: { code: string }) => code,
    created: (log, code) => `/v1/dialogues/${log}/focus-areas/${code}`,
  },
  {
    command: 'RenameFocusArea',
    method: 'POST',
    path: `${areas}/:code/names`,
    summary: 'Rename a focus area from a day on; its old names stay readable',
    body: renameFocusArea,
    ...ofAddress,
  },
  {
    command: 'MergeFocusArea',
    method: 'PUT',
    path: `${areas}/:code/merger`,
    summary: 'Merge a focus area into another; it takes no new commitments',
    body: mergeFocusArea,
    ...ofAddress,
  },
  {
    command: 'SplitFocusArea',
    method: 'PUT',
    path: `${areas}/:code/split`,
    summary: 'Split a focus area into others; it takes no new commitments',
    body: splitFocusArea,
    ...ofAddress,
  },
  {
    command: 'RetireFocusArea',
    method: 'PUT',
    path: `${areas}/:code/retirement`,
    summary: 'Retire a focus area, with the reason; it takes no new commitments',
    body: retireFocusArea,
    ...ofAddress,
  },
];
