import { type CliCommand, open } from './command.js';

/** What every other command does before it begins, and nothing else. */
export const migrate: CliCommand = {
  forms: [''],
  does: 'Brings the database up to date.',
  async run(call) {
    await open(call);
    console.log('The database is up to date.');
  },
};
