import { organisation, type OrganisationRegistration } from '../../src/domain/organisation.js';
import { asked, given } from './scenario.js';

const survey: OrganisationRegistration = {
  code: 'survey-dept',
  names: { en: 'Survey Department' },
  kind: 'agency',
  party: 'IN',
};

describe('an organisation', () => {
  test('comes on record as it was registered', () => {
    given(organisation)
      .when({ type: 'RegisterOrganisation', data: survey }, asked)
      .happens({ type: 'OrganisationRegistered', data: survey });
  });

  test('is registered once under its code', () => {
    given(organisation, { type: 'OrganisationRegistered', data: survey })
      .when({ type: 'RegisterOrganisation', data: { ...survey, names: { en: 'Survey Board' } } }, asked)
      .isRefused('organisation-already-registered', { at: '/code' });
  });
});
