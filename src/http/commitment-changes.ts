import { controllerFor } from './change-route.js';
import { commitmentRoutes } from './routes/commitment-routes.js';

/** Everything that happens to a commitment. */
export const CommitmentChangesController = controllerFor(
  'CommitmentChangesController',
  'Commitments',
  commitmentRoutes,
);
