import { REGISTRY } from '../../commands/asked.js';
import {
  ChangeOrganisation,
  dissolveOrganisation,
  mergeOrganisation,
  registerOrganisation,
  renameOrganisation,
  splitOrganisation,
} from '../../commands/organisation.js';
import type { ChangeRoute, Params } from '../change-route.js';

const ofAddress = {
  Request: ChangeOrganisation,
  log: () => REGISTRY,
  id: (_data: unknown, { code }: Params) => code!,
};

/** Changes of an organisation. */
export const organisationRoutes: readonly ChangeRoute[] = [
  {
    command: 'RegisterOrganisation',
    method: 'POST',
    path: 'organisations',
    summary: 'Register an organisation',
    body: registerOrganisation,
    ...ofAddress,
    id: ({ code }: { code: string }) => code,
    created: (_log, code) => `/v1/organisations/${code}`,
  },
  {
    command: 'RenameOrganisation',
    method: 'POST',
    path: 'organisations/:code/names',
    summary: 'Rename an organisation from a day on; its old names stay readable',
    body: renameOrganisation,
    ...ofAddress,
  },
  {
    command: 'MergeOrganisation',
    method: 'PUT',
    path: 'organisations/:code/merger',
    summary: 'Merge an organisation into another',
    body: mergeOrganisation,
    ...ofAddress,
  },
  {
    command: 'SplitOrganisation',
    method: 'PUT',
    path: 'organisations/:code/split',
    summary: 'Split an organisation into others',
    body: splitOrganisation,
    ...ofAddress,
  },
  {
    command: 'DissolveOrganisation',
    method: 'PUT',
    path: 'organisations/:code/dissolution',
    summary: 'Dissolve an organisation, with the reason',
    body: dissolveOrganisation,
    ...ofAddress,
  },
];
