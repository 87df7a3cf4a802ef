import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Mail, Mailer, MailOutcome } from './mail.js';
import { type Mailbox, type Message, compose } from './message.js';
import type { SmtpServer } from './smtp-url.js';
import { failure, success } from './smtp-outcome.js';

/** How long a mail server may take, in milliseconds. */
export interface Patience {
  /** To be reached, and then to greet. */
  readonly connect: number;
  /** From the beginning until it asks for the message: shorter than a claim of the mail holds. */
  readonly envelope: number;
  /**
   * From there to its answer to the whole message. Some servers look for viruses before they answer, and a mail that
   * was given up meanwhile arrives twice (RFC 5321, section 4.5.3.2.6).
   */
  readonly message: number;
}

const PATIENCE: Patience = { connect: 10_000, envelope: 40_000, message: 150_000 };

/** Bytes of a message that are handed over at a time. */
const PIECE = 16 * 1024;

/** Hands mails to a mail server, each over a connection of its own. */
export class SmtpMailer implements Mailer {
  readonly describes: string;
  private readonly patience: Patience;
  private readonly inHand = new Set<Promise<MailOutcome>>();
  private readonly connections = new Set<SMTPConnection>();
  private closed = false;

  constructor(
    private readonly server: SmtpServer,
    private readonly sender: Mailbox,
    patience: Partial<Patience> = {},
  ) {
    const { host, port } = server.connection;
    this.describes = `mails go to smtp ${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.patience = { ...PATIENCE, ...patience };
  }

  write(mail: Mail): Promise<Message> {
    return compose(mail, this.sender);
  }

  async deliver(message: Message, beforeData?: () => Promise<void>): Promise<MailOutcome> {
    if (this.closed) return { outcome: 'not-sent', passing: true, detail: 'The mailer is closed.' };
    const sending = this.handOver(message, beforeData);
    this.inHand.add(sending);
    try {
      return await sending;
    } finally {
      this.inHand.delete(sending);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.inHand);
    // What is left waits for an answer to QUIT, which changes nothing.
    this.connections.forEach((connection) => connection.close());
  }

  private async handOver(message: Message, beforeData?: () => Promise<void>): Promise<MailOutcome> {
    const bound = new Bound(this.patience.envelope);
    // The connection reads the stream only once the server has asked for the message, and ends it with the
    // final dot. So where the stream has not ended, the server cannot have taken the message.
    const body = Readable.from(
      piecesOf(message.raw, async () => {
        await beforeData?.();
        bound.restart(this.patience.message);
      }),
    );
    try {
      const connection = this.newConnection();
      const answer = await this.converse(connection, message, body, bound);
      connection.quit();
      return success(answer);
    } catch (error) {
      return failure(error as Error, body.readableEnded);
    } finally {
      bound.lift();
    }
  }

  private newConnection(): SMTPConnection {
    const { connect, envelope, message } = this.patience;
    const connection = new SMTPConnection({
      ...this.server.connection,
      connectionTimeout: connect,
      greetingTimeout: connect,
      // Silence has the bounds of the whole; this one keeps a QUIT from being waited for.
      socketTimeout: Math.max(envelope, message),
    });
    this.connections.add(connection);
    connection.once('end', () => this.connections.delete(connection));
    return connection;
  }

  /** Resolves with the server's last answer, rejects as soon as there is no hope of one. */
  private converse(
    connection: SMTPConnection,
    { envelope, raw }: Message,
    body: Readable,
    bound: Bound,
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      const give = (error: Error) => {
        connection.close();
        reject(error);
      };
      bound.onReached = () => give(new Error('The mail server took too long.'));
      connection.on('error', give);
      body.on('error', give);
      // Some endings come without an error of their own; those with one report it in the same turn.
      connection.once('end', () => setImmediate(() => reject(new Error('The connection ended.'))));
      const transmit = () =>
        connection.send({ ...envelope, size: raw.length }, body, (error, info) =>
          error ? give(error) : resolve(info!.response),
        );
      connection.connect((trouble) => {
        if (trouble) give(trouble);
        else if (this.server.login) {
          connection.login({ ...this.server.login }, (error) => (error ? give(error) : transmit()));
        } else transmit();
      });
    });
  }
}

/** A limit on time that starts anew with each part of a conversation. */
class Bound {
  onReached: () => void = () => undefined;
  private timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    this.timer = setTimeout(() => this.onReached(), milliseconds);
  }

  restart(milliseconds: number): void {
    this.lift();
    this.timer = setTimeout(() => this.onReached(), milliseconds);
  }

  lift(): void {
    clearTimeout(this.timer);
  }
}

/** In one piece, a long message would have ended before much of it had left. */
async function* piecesOf(message: Buffer, beforeFirst: () => Promise<void>): AsyncGenerator<Buffer> {
  await beforeFirst();
  for (let at = 0; at < message.length; at += PIECE) yield message.subarray(at, at + PIECE);
}
