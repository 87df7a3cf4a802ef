import type { INestApplicationContext } from '@nestjs/common';
import type { Config } from '../config.js';
import type { Ending } from '../ending.js';
import type { OpenRecord } from '../open-record.js';

/** One call of the command line. */
export interface Call {
  readonly config: Config;
  readonly ending: Ending;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

export interface CliCommand {
  /** Ways to call it, one a line. */
  readonly forms: readonly string[];
  readonly does: string;
  /** Most arguments that it takes besides options; without it, none. */
  readonly takes?: number;
  readonly options?: Readonly<Record<string, { type: 'string' | 'boolean' }>>;
  run(call: Call): Promise<void> | void;
}

/** The record of the settings; on the embedded database that of the service that runs on it, if one does. */
export async function open({ config, ending }: Call): Promise<OpenRecord> {
  // Loaded here and below, so that a call that is refused, or asks for help, does not wait for it.
  const { findRunningPostgres } = await import('../embedded/running.js');
  const { openRecord } = await import('../open-record.js');
  const running = config.database ?? (await findRunningPostgres(config.dataDir));
  return openRecord({ ...config, database: running }, console.log, console.error, ending);
}

/** The record with everything that can change it, and how it is asked for. */
export interface Changeable {
  readonly record: OpenRecord;
  readonly app: INestApplicationContext;
}

/** The record with everything that can change it. What follows from a change is left to the service. */
export async function openForDecisions(call: Call): Promise<Changeable> {
  const record = await open(call);
  const { NestFactory } = await import('@nestjs/core');
  const { AppModule } = await import('../app.module.js');
  const app = await NestFactory.createApplicationContext(AppModule.for('worker', record), {
    logger: ['error'],
    abortOnError: false,
  });
  call.ending.afterwards(() => app.close());
  return { record, app };
}

/** As {@link openForDecisions}, and views that follow: what was changed can be read. */
export async function openForChanges(call: Call): Promise<Changeable> {
  const opened = await openForDecisions(call);
  opened.record.views.start();
  call.ending.afterwards(() => opened.record.views.stop());
  return opened;
}
