import type { Parts } from '../app.module.js';
import type { CliCommand } from './command.js';

/** The API as a document, for those who make clients of it. */
export const openapi: CliCommand = {
  forms: [''],
  does: 'Prints the description of the API, OpenAPI 3.1.',
  async run({ ending }) {
    const { AppModule } = await import('../app.module.js');
    const { createHttpApplication, describeApi } = await import('../http/http-application.js');
    // No part is ever asked for anything: describing the routes needs none of them to work.
    const module = AppModule.for('api', {} as Parts);
    const app = await createHttpApplication(module, 'error');
    ending.afterwards(() => app.close());
    console.log(JSON.stringify(describeApi(app), undefined, 2));
  },
};
