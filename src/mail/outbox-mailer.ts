import { hash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail, Mailer, MailOutcome } from './mail.js';
import { type Mailbox, type Message, compose } from './message.js';

/** Keeps mails as files that a mail program can open, for a service without a mail server. */
export class OutboxMailer implements Mailer {
  readonly describes: string;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly directory: string,
    private readonly sender: Mailbox,
  ) {
    this.describes = `mails are kept as .eml files in ${directory}`;
  }

  write(mail: Mail): Promise<Message> {
    return compose(mail, this.sender);
  }

  deliver(message: Message, beforeData?: () => Promise<void>): Promise<MailOutcome> {
    // One after the other, or two copies of one mail could miss each other's file.
    const kept = this.last.then(() => this.keep(message, beforeData));
    this.last = kept;
    return kept;
  }

  async close(): Promise<void> {
    await this.last;
  }

  private async keep({ messageId, raw }: Message, beforeData?: () => Promise<void>): Promise<MailOutcome> {
    try {
      await beforeData?.();
      // Mails name people and their addresses: they are for the owner of the process alone.
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      const earlier = await this.fileOf(messageId);
      const file = earlier ?? `${timestamp()}${endingFor(messageId)}`;
      await writeWhole(join(this.directory, file), raw);
      return { outcome: 'sent', detail: earlier ? `Kept again as ${file}.` : `Kept as ${file}.` };
    } catch (error) {
      return { outcome: 'not-sent', passing: true, detail: (error as Error).message };
    }
  }

  /** The file that holds this mail already: a repeat takes its place, as in a mailbox that drops duplicates. */
  private async fileOf(messageId: string): Promise<string | undefined> {
    const ending = endingFor(messageId);
    return (await readdir(this.directory)).find((name) => name.endsWith(ending));
  }
}

/** `20260331T090000Z`: names in order of time, without the colons that some file systems refuse. */
function timestamp(): string {
  return new Date().toISOString().replace(/[-:]|\.\d+/g, '');
}

function endingFor(messageId: string): string {
  return `-${hash('sha256', messageId).slice(0, 16)}.eml`;
}

/** Whoever reads the directory sees the whole file or none. */
async function writeWhole(path: string, contents: Buffer): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
