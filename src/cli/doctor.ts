import { openDatabase, openOwnerPool, type Database } from '../event-store/database.js';
import { examineLog, type Extent, type Finding } from '../event-store/log-examination.js';
import { parkedLogs } from '../event-store/parked.js';
import { type LogPositions, logPositions } from '../event-store/positions.js';
import { migrationsRun } from '../event-store/shadow.js';
import { readModels } from '../read-models/views.js';
import { examineViews } from '../read-models/view-examination.js';
import { type CliCommand, open } from './command.js';
import { table } from './table.js';

/** Events of each log, and rows of each table, that are looked at unless all are. */
const SAMPLE = 50;

/** Looks whether everything is as it should be, while the service goes on. */
export const doctor: CliCommand = {
  forms: ['[--all]'],
  does: 'Folds a sample of the rows of all views anew, or all of them, and names each that differs; examines the log, and tells who lags behind. Ends with 1 when something is wrong.',
  options: { all: { type: 'boolean' } },
  async run(call) {
    const { ownerUrl } = await open(call);
    const extent: Extent = call.options['all'] === true ? 'all' : SAMPLE;
    // Reads as the owner, whose statements may take long.
    const db = openDatabase(openOwnerPool(ownerUrl));
    call.ending.afterwards(() => db.destroy());
    console.log(`Schema: ${(await migrationsRun(db)).at(-1)}`);
    console.log(table(lags(await logPositions(db))));
    // What is wrong with the log may be why the views cannot be examined.
    tell(await parked(db));
    tell(await examineLog(db, extent));
    const views = await examineViews(db, readModels, extent);
    console.log(`Folded anew: ${views.rows} rows of ${readModels.length} views.`);
    tell(views.findings);
    if (process.exitCode !== 1) console.log('Nothing is wrong.');
  },
};

/** Tells what is wrong; the call then ends with 1. */
function tell(findings: readonly Finding[]): void {
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
}

/** Every subscription that has begun: logs that it has not handled to their end, and the events before it in all of them. */
function lags(positions: readonly LogPositions[]) {
  const all = positions.flatMap(({ subscriptions }) => subscriptions);
  return [...new Set(all.map(({ subscription }) => subscription))].map((subscription) => {
    const behind = all.filter((each) => each.subscription === subscription && each.lag > 0);
    const events = behind.reduce((sum, { lag }) => sum + lag, 0);
    return { subscription, logs: String(behind.length), events: String(events) };
  });
}

async function parked(db: Database): Promise<Finding[]> {
  return (await parkedLogs(db)).map(
    ({ subscription, log, position, since, why }) =>
      `${subscription} has parked the log ${log} before event ${position + 1} since ${since}: ${why}`,
  );
}
