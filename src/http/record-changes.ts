import { controllerFor } from './change-route.js';
import { dialogueRoutes } from './routes/dialogue-routes.js';
import { focusAreaRoutes } from './routes/focus-area-routes.js';
import { followUpRoutes } from './routes/follow-up-routes.js';
import { officeRoutes } from './routes/office-routes.js';
import { organisationRoutes } from './routes/organisation-routes.js';
import { roundRoutes } from './routes/round-routes.js';
import { sourceDocumentRoutes } from './routes/source-document-routes.js';

/** Everything that is put on record beside commitments. */
export const RecordChangesController = controllerFor('RecordChangesController', 'Record', [
  ...dialogueRoutes,
  ...organisationRoutes,
  ...officeRoutes,
  ...focusAreaRoutes,
  ...sourceDocumentRoutes,
  ...roundRoutes,
  ...followUpRoutes,
]);
