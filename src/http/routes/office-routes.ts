import { REGISTRY } from '../../commands/asked.js';
import { abolishOffice, ChangeOffice, establishOffice, renameOffice } from '../../commands/office.js';
import type { ChangeRoute, Params } from '../change-route.js';

const ofAddress = {
  Request: ChangeOffice,
  log: () => REGISTRY,
  id: (_data: unknown, { code }: Params) => code!,
};

/** Changes of an office. */
export const officeRoutes: readonly ChangeRoute[] = [
  {
    command: 'EstablishOffice',
    method: 'POST',
    path: 'offices',
    summary: 'Establish an office: a post, apart from whoever holds it',
    body: establishOffice,
    ...ofAddress,
    id: ({ code }: { code: string }) => code,
    created: (_log, code) => `/v1/offices/${code}`,
  },
  {
    command: 'RenameOffice',
    method: 'POST',
    path: 'offices/:code/names',
    summary: 'Rename an office from a day on; its old titles stay readable',
    body: renameOffice,
    ...ofAddress,
  },
  {
    command: 'AbolishOffice',
    method: 'PUT',
    path: 'offices/:code/abolition',
    summary: 'Abolish an office, with the reason',
    body: abolishOffice,
    ...ofAddress,
  },
];
