import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { AppModule } from '../../src/app.module.js';
import { readConfig } from '../../src/config.js';
import { type Core, openCore } from '../../src/core.js';
import { Ending } from '../../src/ending.js';
import { freshDatabase } from './database.js';

export interface TestCore extends Core {
  readonly commands: CommandBus;
  readonly ownerUrl: string;
  readonly ending: Ending;
  /** What went wrong in the background. */
  readonly troubles: string[];
}

/** The record on a database of its own, with a command bus and views that follow it. */
export async function openTestCore(): Promise<TestCore> {
  const ending = new Ending();
  const troubles: string[] = [];
  const { serviceUrl, ownerUrl, drop } = await freshDatabase();
  ending.afterwards(drop);
  const config = readConfig({ DATABASE_URL: serviceUrl, DATABASE_OWNER_URL: ownerUrl });
  const core = await openCore(
    config,
    () => undefined,
    (trouble) => troubles.push(trouble),
    ending,
  );
  const app = await NestFactory.createApplicationContext(AppModule.for('worker', core), {
    logger: ['error'],
    abortOnError: false,
  });
  ending.afterwards(() => app.close());
  core.views.start();
  ending.afterwards(() => core.views.stop());
  return { ...core, commands: app.get(CommandBus), ownerUrl, ending, troubles };
}
