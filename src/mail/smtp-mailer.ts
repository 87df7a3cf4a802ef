import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Mail, Mailer, MailOutcome } from './mail.js';
import { type Mailbox, type Message, compose, notWritten } from './message.js';
import type { SmtpServer } from './smtp-url.js';
import { failure, success } from './smtp-outcome.js';

/** Milliseconds: to connect, until the server greets, and of silence at any later point. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Bytes of a message that are handed over at a time. */
const PIECE = 16 * 1024;

/** Hands mails to a mail server, each over a connection of its own. */
export class SmtpMailer implements Mailer {
  readonly describes: string;
  private readonly inHand = new Set<Promise<MailOutcome>>();
  private readonly connections = new Set<SMTPConnection>();
  private closed = false;

  constructor(
    private readonly server: SmtpServer,
    private readonly sender: Mailbox,
  ) {
    const { host, port } = server.connection;
    this.describes = `mails go to smtp ${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  async send(mail: Mail): Promise<MailOutcome> {
    if (this.closed) return { outcome: 'not-sent', passing: true, detail: 'The mailer is closed.' };
    const sending = this.deliver(mail);
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

  private async deliver(mail: Mail): Promise<MailOutcome> {
    let message: Message;
    try {
      message = await compose(mail, this.sender);
    } catch (error) {
      return notWritten(error as Error);
    }
    // The connection reads the stream only once the server has asked for the message, and ends it with the
    // final dot. So where the stream has not ended, the server cannot have taken the message.
    const body = Readable.from(piecesOf(message.raw));
    try {
      const connection = this.newConnection();
      const answer = await this.converse(connection, message, body);
      connection.quit();
      return success(answer);
    } catch (error) {
      return failure(error as Error, body.readableEnded);
    }
  }

  private newConnection(): SMTPConnection {
    const connection = new SMTPConnection({ ...this.server.connection, ...TIMEOUTS });
    this.connections.add(connection);
    connection.once('end', () => this.connections.delete(connection));
    return connection;
  }

  /** Resolves with the server's last answer, rejects as soon as there is no hope of one. */
  private converse(connection: SMTPConnection, { envelope, raw }: Message, body: Readable): Promise<string> {
    return new Promise((resolve, reject) => {
      const give = (error: Error) => {
        connection.close();
        reject(error);
      };
      connection.on('error', give);
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

/** In one piece, a long message would have ended before much of it had left. */
function* piecesOf(message: Buffer): Generator<Buffer> {
  for (let at = 0; at < message.length; at += PIECE) yield message.subarray(at, at + PIECE);
}
