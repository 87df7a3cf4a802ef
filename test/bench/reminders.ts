import { performance } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { step } from '../../src/event-store/subscription.js';
import { Directory } from '../../src/reminders/directory.js';
import { readModels } from '../../src/read-models/views.js';
import { reminderPlanning } from '../../src/reminders/planning.js';
import { PactaProcess } from '../support/pacta-process.js';
import { asOwner, type BenchDatabase, type Ground } from './ground.js';
import { openPactaLog, type PactaLog } from './pacta-log.js';
import { rebuildViews } from './rebuilding.js';
import type { Result } from './result.js';
import { alternate, spreadOf } from './rounds.js';
import { dialogueOf, seed } from './seed.js';

/** What is imported before planning is measured: with two contacts of each party some 100,000 reminders and more. */
const IMPORT = { dialogues: 5, commitments: 600, events: 10 };

/** Mails of one round; each round has commitments of its own. */
const MAILS = 500;

/** Plans after an import, then sends what is due to a mail server, beside a bare worker that sends the same mail. */
export async function reminders(ground: Ground): Promise<Result[]> {
  const database = await ground.pactaDatabase('reminders');
  const log = openPactaLog(ground, database);
  await seed(log, IMPORT);
  for (let index = 0; index < IMPORT.dialogues; index++) await nameContacts(log, dialogueOf(index));
  const planned = await planning(log);
  // Views that are still being made would be measured beside the mails.
  await rebuildViews(database, log, readModels);
  return [planned, await sending(ground, database)];
}

async function nameContacts({ db }: PactaLog, dialogue: string): Promise<void> {
  const directory = new Directory(db);
  for (const party of ['ALD', 'MER']) {
    for (const nth of [1, 2]) {
      await directory.put(dialogue, {
        id: `${party.toLowerCase()}-${nth}`,
        party,
        name: `Officer ${nth} of ${party}`,
        address: `officer-${nth}@${party.toLowerCase()}.example`,
        zone: 'Europe/Zurich',
        hour: 9,
        role: 'focal-point',
        language: 'en',
        country: 'CH',
        digest: false,
      } as never);
    }
  }
}

async function planning({ db }: PactaLog): Promise<Result> {
  const start = performance.now();
  for (let index = 0; index < IMPORT.dialogues; index++) {
    while ((await step(db, reminderPlanning, dialogueOf(index))).outcome === 'moved');
  }
  const seconds = (performance.now() - start) / 1000;
  const { rows } = await sql<{ planned: number }>`
    select count(*)::int as planned from reminder where state = 'planned'`.execute(db);
  const { planned } = rows[0]!;
  const rate = spreadOf([planned / seconds]);
  return {
    what: `planning ${planned.toLocaleString('en')} reminders after an import`,
    against: '10,000 per second',
    unit: '/s',
    compared: { ours: rate, peer: spreadOf([10_000]), ratio: spreadOf([planned / seconds / 10_000]) },
    wanted: { least: 1 },
  };
}

async function sending(ground: Ground, database: BenchDatabase): Promise<Result> {
  const kept = join(tmpdir(), `pacta-bench-mail-${process.pid}.eml`);
  const sink = await openSink(ground, kept);
  const bareUrl = (await ground.database('reminders_bare')).ownerUrl;
  const ours = async () => {
    await fallDue(database);
    const worker = new PactaProcess({
      DATABASE_URL: database.serviceUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      NODE_ENV: 'production',
      ROLE: 'worker',
      PORT: '0',
      SMTP_URL: sink.url,
      MAIL_FROM: 'Pacta <pacta@secretariat.example>',
      MAIL_ENVIRONMENT: 'bench',
      PUBLIC_URL: 'https://pacta.example',
    });
    return sink.rateOf(worker);
  };
  const bare = (): Promise<number> => {
    const run = ['--import', './scripts/run-on-dist.js', 'test/bench/bare-reminders.ts'];
    return sink.rateOf(new PactaProcess({}, [...run, bareUrl, sink.url, String(MAILS), kept]));
  };
  return {
    what: `reminders sent to a mail server, ${MAILS} due at once`,
    against: 'a bare BullMQ worker with nodemailer',
    unit: '/s',
    compared: await alternate({ rounds: ground.pace.rounds, seconds: 0 }, ours, bare),
    wanted: { least: 0.5 },
  };
}

async function openSink({ ending }: Ground, kept: string) {
  const sink = new PactaProcess({}, [
    '--import',
    './scripts/run-on-dist.js',
    'test/bench/smtp-sink.ts',
    kept,
  ]);
  ending.afterwards(async () => void (await sink.end('SIGTERM')));
  const [, port] = await sink.says(/Listening on (\d+)/);
  let before = 0;
  const takenAt = async (nth: number) => Number((await sink.says(new RegExp(`Mail ${nth} at (\\S+)`)))[1]);
  return {
    url: `smtp://127.0.0.1:${port}`,
    /** Mails per second from the first to the last of a round; the worker ends after it. */
    async rateOf(worker: PactaProcess): Promise<number> {
      ending.afterwards(async () => void (await worker.end('SIGTERM')));
      const first = await takenAt(before + 1);
      before += MAILS;
      const last = await takenAt(before);
      await worker.end('SIGTERM');
      return (MAILS - 1) / ((last - first) / 1000);
    },
  };
}

/** Moves the first planned reminder of so many commitments to this day, none of which anybody was told of yet. */
async function fallDue({ ownerUrl }: BenchDatabase): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    await client.query(`
      update pacta.reminder set state = 'skipped' where state = 'planned' and due_at <= now()`);
    await client.query(
      `with next as (
         select distinct on (log_id, commitment) id from pacta.reminder r
          where state = 'planned'
            and not exists (select from pacta.reminder told
                             where told.log_id = r.log_id and told.commitment = r.commitment and told.state = 'sent')
          order by log_id, commitment, due_at limit $1)
       update pacta.reminder r
          set due_at = current_date, local_day = current_date, local_hour = 0, zone = 'UTC'
         from next where next.id = r.id`,
      [MAILS],
    );
  });
}
