import { CommandBus } from '@nestjs/cqrs';
import { ApiKeys } from '../identity/api-keys.js';
import { StartError } from '../start-error.js';
import { type CliCommand, openForChanges } from './command.js';

/** Something to look at, for whoever tries Pacta. */
export const demo: CliCommand = {
  forms: [''],
  does: 'Records the founding record and an invented example, and makes demo keys. Not in production.',
  async run(call) {
    if (call.config.production) throw new StartError('Examples and demo keys are not for production.');
    const { record, app } = await openForChanges(call);
    const { playDemo } = await import('../records/demo.js');
    const { makeDemoKeys } = await import('../records/demo-keys.js');
    await playDemo(app.get(CommandBus), record.db, record.clock.now(), console.log);
    for (const { holder, key } of await makeDemoKeys(app.get(ApiKeys)))
      console.log(`  ${holder.padEnd(36)} ${key}`);
  },
};
