import { CommandBus } from '@nestjs/cqrs';
import { AppModule, type Parts } from '../app.module.js';
import { createHttpApplication, describeApi } from '../http/http-application.js';
import { ApiKeys } from '../identity/api-keys.js';
import { makeDemoKeys } from '../records/demo-keys.js';
import { playDemo } from '../records/demo.js';
import { StartError } from '../start-error.js';
import { type CliCommand, open, openForChanges } from './command.js';
import { doctor } from './doctor.js';
import { grant } from './grant.js';
import { key } from './key.js';
import { armMail, held } from './mail.js';
import { retry, skip } from './parked.js';
import { rebuild } from './rebuild.js';

/** Every command of the command line. */
export const commands: Readonly<Record<string, CliCommand>> = {
  migrate: {
    forms: [''],
    does: 'Brings the database up to date.',
    async run(call) {
      await open(call);
      console.log('The database is up to date.');
    },
  },
  rebuild,
  doctor,
  key,
  grant,
  retry,
  skip,
  'arm-mail': armMail,
  'held-mails': held,
  demo: {
    forms: [''],
    does: 'Records the founding record and an invented example, and makes demo keys. Not in production.',
    async run(call) {
      if (call.config.production) throw new StartError('Examples and demo keys are not for production.');
      const { record, app } = await openForChanges(call);
      await playDemo(app.get(CommandBus), record.db, record.clock.now(), console.log);
      for (const { holder, key } of await makeDemoKeys(app.get(ApiKeys)))
        console.log(`  ${holder.padEnd(36)} ${key}`);
    },
  },
  openapi: {
    forms: [''],
    does: 'Prints the description of the API, OpenAPI 3.1.',
    async run({ ending }) {
      // No part is ever asked for anything: describing the routes needs none of them to work.
      const module = AppModule.for('api', {} as Parts);
      const app = await createHttpApplication(module, 'error');
      ending.afterwards(() => app.close());
      console.log(JSON.stringify(describeApi(app), undefined, 2));
    },
  },
};
