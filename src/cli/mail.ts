import { NotFound } from '../domain/refusal.js';
import { heldArrived, heldMails, sendHeld } from '../reminders/held-mails.js';
import { MailFence } from '../reminders/mail-fence.js';
import { type Call, type CliCommand, open } from './command.js';
import { second, table } from './table.js';
import { UsageError } from './usage.js';

/** Lets a record mail from here, which may be a copy. */
export const armMail: CliCommand = {
  forms: [''],
  does: 'Lets the record mail from this environment, and from no other: a restored copy does not until it is said.',
  async run(call) {
    const { db } = await open(call);
    const { mailEnvironment: named, dataDir } = call.config;
    await new MailFence(db, { named, dataDir }).armHere();
    console.log('Reminders are sent from here from now on, and from nowhere else.');
  },
};

const ACTS = { send: sendHeld, arrived: heldArrived };

/** Mails that perhaps arrived, which are for a person to decide about. */
export const held: CliCommand = {
  forms: ['', 'send <mail>', 'arrived <mail>'],
  takes: 2,
  does: 'Lists mails that were perhaps sent and are not sent again by themselves; lets one be sent once more, or says that it arrived.',
  async run(call) {
    const [asked, mailId] = call.positionals;
    if (asked === undefined) return list(call);
    if (asked !== 'send' && asked !== 'arrived') {
      throw new UsageError(
        `Nothing called "${asked}" can be done with a held mail: say "send" or "arrived".`,
      );
    }
    if (mailId === undefined) throw new UsageError('<mail> is missing');
    const { db } = await open(call);
    try {
      await ACTS[asked](db, mailId);
    } catch (error) {
      if (error instanceof NotFound) throw new UsageError(error.message);
      throw error;
    }
    console.log(asked === 'send' ? 'It will be tried once more.' : 'It counts as sent.');
  },
};

async function list(call: Call): Promise<void> {
  const { db } = await open(call);
  const rows = (await heldMails(db)).map(({ since, commitments, detail, ...mail }) => ({
    ...mail,
    commitments: commitments.join(' '),
    since: second(since),
    detail: detail ?? undefined,
  }));
  console.log(rows.length === 0 ? 'No mail is held.' : table(rows));
}
