import { readFileSync } from 'node:fs';
import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { Pool } from 'pg';

/** Mails that are under way at a time, as in a worker of ours. */
const CONCURRENCY = 20;

/** A worker in a process of its own that hands the same mail again and again to a mail server, and keeps no account of it. */
const [databaseUrl, smtpUrl, count, file] = process.argv.slice(2) as [string, string, string, string];
const { subject, text, html, from, attachments } = await simpleParser(readFileSync(file));
const mail = {
  from: from!.value[0]!.address,
  subject,
  text,
  html: html || undefined,
  attachments: attachments.map(({ filename, contentType, content }) => ({
    filename: filename ?? 'attachment',
    contentType,
    content: content.toString('base64'),
    encoding: 'base64',
  })),
};
const pool = new Pool({ connectionString: databaseUrl, max: 1 });
const client = await pool.connect();
await runMigrations(client as never, 'bare');
client.release();
await pool.end();

const bound = withBackend(createPostgresBackend);
const connection = { connectionString: databaseUrl, schema: 'bare', max: 4 };
const queue = new bound.Queue('mails', { connection });
for (let nth = 0; nth < Number(count); nth++) {
  const job = { ...mail, to: `officer-${nth}@ald.example` };
  await queue.add('send', job, { jobId: `mail-${nth}`, removeOnComplete: true });
}
const transport = createTransport(smtpUrl);
const worker = new bound.Worker(
  'mails',
  async ({ data }: { data: object }) => void (await transport.sendMail(data)),
  { connection, concurrency: CONCURRENCY },
);
worker.on('error', (error) => console.error(error.message));
process.once('SIGTERM', () => void Promise.all([worker.close(), queue.close()]).then(() => process.exit(0)));
console.log('Working');
