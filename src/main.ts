import { ConsoleLogger } from '@nestjs/common';
import { ConfigError, readConfig } from './config.js';
import { type Service, startService } from './service.js';
import { StartError } from './start-error.js';
import { makeObjectsYoung } from './young-objects.js';

/** Longest that an orderly end may take, in milliseconds; after it the process ends as it is. */
const END_WITHIN = 9000;

makeObjectsYoung();

const askedToEnd = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      setTimeout(() => process.exit(1), END_WITHIN).unref();
      resolve();
    });
  }
});

try {
  const config = readConfig(process.env);
  // On this machine a person reads along; on a server it is a log collector.
  const log = new ConsoleLogger('pacta', { json: true });
  const say = config.database ? (step: string) => log.log(step) : console.log;
  const service = await startService(config, say);
  say(welcome(service));
  await askedToEnd;
  say('Stopping …');
  await service.stop();
  process.exit(0);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}

function welcome({ address, demoKeys }: Service): string {
  const lines = [`Pacta is ready: open ${address}`];
  if (demoKeys) {
    lines.push(
      `Try: curl ${address}/v1/dialogues/india-japan-economic-security/status`,
      'Demo keys, good on this machine only:',
      ...demoKeys.map(({ holder, key }) => `  ${holder.padEnd(36)} ${key}`),
    );
  }
  return lines.join('\n');
}
