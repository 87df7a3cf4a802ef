import { rebuild as rebuildViews } from '../read-models/rebuild.js';
import { readModels } from '../read-models/views.js';
import { type CliCommand, open } from './command.js';
import { showProgress } from './progress.js';
import { UsageError } from './usage.js';

/** Folds views anew, while the service goes on. */
export const rebuild: CliCommand = {
  forms: ['[view]'],
  takes: 1,
  does: `Folds a view, or all of them, anew from the log, and puts it in place of the live one when it is complete: ${readModels.map(({ name }) => name).join(', ')}.`,
  async run(call) {
    const [name] = call.positionals;
    const models = readModels.filter((model) => !name || model.name === name);
    if (models.length === 0) throw new UsageError(`There is no view ${name}.`);
    const { ownerUrl } = await open(call);
    await rebuildViews({ ownerUrl, models, onProgress: showProgress(process.stdout) });
    console.log(`Rebuilt: ${models.map((model) => model.name).join(', ')}`);
  },
};
