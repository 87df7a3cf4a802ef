import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { AppModule, type Parts } from '../app.module.js';
import type { Config } from '../config.js';
import { type OpenRecord, openRecord } from '../open-record.js';
import { findRunningPostgres } from '../embedded/running.js';
import { roles } from '../domain/actor.js';
import type { Ending } from '../ending.js';
import { createHttpApplication, describeApi } from '../http/http-application.js';
import { ApiKeys, type KeyTerms } from '../identity/api-keys.js';
import { rebuild } from '../read-models/rebuild.js';
import { readModels } from '../read-models/views.js';
import { makeDemoKeys } from '../records/demo-keys.js';
import { playDemo } from '../records/demo.js';
import { StartError } from '../start-error.js';
import { UsageError } from './usage.js';

interface Call {
  readonly config: Config;
  readonly ending: Ending;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

interface CliCommand {
  readonly form: string;
  readonly does: string;
  readonly options?: Record<string, { type: 'string' }>;
  run(call: Call): Promise<void> | void;
}

/** The record of the settings; on the embedded database that of the service that runs on it, if one does. */
async function open({ config, ending }: Call): Promise<OpenRecord> {
  const running = config.database ?? (await findRunningPostgres(config.dataDir));
  return openRecord({ ...config, database: running }, console.log, console.error, ending);
}

/** Every command of the command line. */
export const commands: Readonly<Record<string, CliCommand>> = {
  migrate: {
    form: '',
    does: 'Brings the database up to date.',
    async run(call) {
      await open(call);
      console.log('The database is up to date.');
    },
  },
  rebuild: {
    form: '[view]',
    does: `Folds a view, or all of them, anew from the log: ${readModels.map(({ name }) => name).join(', ')}.`,
    async run(call) {
      const [name] = call.positionals;
      const models = readModels.filter((model) => !name || model.name === name);
      if (models.length === 0) throw new UsageError(`There is no view ${name}.`);
      const { db } = await open(call);
      for (const model of models) console.log(`${model.name}: ${await rebuild(db, model)} events`);
    },
  },
  key: {
    form: 'create --role <role> [--party <code>] [--dialogue <slug>] [--expires <instant>]',
    does: `Makes an API key and shows it, once. Roles: ${roles.filter((role) => role !== 'system').join(', ')}.`,
    options: {
      role: { type: 'string' },
      party: { type: 'string' },
      dialogue: { type: 'string' },
      expires: { type: 'string' },
    },
    async run(call) {
      const terms = keyTerms(call);
      const { db } = await open(call);
      console.log(await new ApiKeys(db).create(terms));
    },
  },
  demo: {
    form: '',
    does: 'Records the founding record and an invented example, and makes demo keys. Not in production.',
    async run(call) {
      if (call.config.production) throw new StartError('Examples and demo keys are not for production.');
      const record = await open(call);
      const app = await NestFactory.createApplicationContext(AppModule.for('worker', record), {
        logger: ['error'],
        abortOnError: false,
      });
      call.ending.afterwards(() => app.close());
      await playDemo(app.get(CommandBus), record.db, record.clock.now(), console.log);
      for (const { holder, key } of await makeDemoKeys(record.db))
        console.log(`  ${holder.padEnd(36)} ${key}`);
    },
  },
  openapi: {
    form: '',
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

function keyTerms({ options, positionals }: Call): KeyTerms {
  if (positionals[0] !== 'create') throw new UsageError('Say what to do with keys: pacta key create …');
  const { role, party, dialogue, expires } = options as Record<string, string | undefined>;
  if (!role || role === 'system' || !roles.some((each) => each === role)) {
    throw new UsageError('Say for which role: --role recorder, --role secretariat or --role desk-officer.');
  }
  if (role === 'recorder' ? party : !party) {
    throw new UsageError('A recorder speaks for no party; everyone else needs --party.');
  }
  if (expires && Number.isNaN(Date.parse(expires))) {
    throw new UsageError('--expires is an instant, such as 2027-01-31T00:00:00Z.');
  }
  const expiresAt = expires && new Date(expires).toISOString();
  return { role: role as KeyTerms['role'], party, dialogue, expiresAt: expiresAt || undefined };
}
