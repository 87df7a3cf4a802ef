import { REGISTRY } from '../../commands/decisions.js';
import { ChangeOrganisation, registerOrganisation } from '../../commands/organisation.js';
import type { ChangeRoute } from '../change-route.js';

const ofCode = ({ code }: { code: string }) => code;

/** Changes of an organisation. */
export const organisationRoutes: readonly ChangeRoute[] = [
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
];
