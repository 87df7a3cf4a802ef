import { NotFound } from '../domain/refusal.js';
import { heldArrived, heldMails, sendHeld } from '../reminders/held-mails.js';
import { MailFence } from '../reminders/mail-fence.js';
import { type CliCommand, open } from './command.js';
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
    const { db } = await open(call);
    const [asked, mailId] = call.positionals;
    if (asked === undefined) {
      const mails = await heldMails(db);
      if (mails.length === 0) return console.log('No mail is held.');
      return console.log(
        table(
          mails.map(({ since, commitments, ...mail }) => ({
            ...mail,
            commitments: commitments.join(' '),
            since: second(since),
          })),
        ),
      );
    }
    if ((asked !== 'send' && asked !== 'arrived') || mailId === undefined) {
      throw new UsageError('Say "send" or "arrived", and the mail.');
    }
    try {
      await ACTS[asked](db, mailId);
    } catch (error) {
      if (error instanceof NotFound) throw new UsageError(error.message);
      throw error;
    }
    console.log(asked === 'send' ? 'It is sent once more.' : 'It counts as sent.');
  },
};
