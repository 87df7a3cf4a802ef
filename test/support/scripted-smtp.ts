import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * What a mail server does at a step of a conversation: says a line, hangs up, or stays silent. Steps are the greeting, the
 * answers to EHLO, MAIL, RCPT, DATA, to the whole message, and to QUIT.
 */
export type Does = `${number} ${string}` | 'hangs up' | 'is silent';

export const OBLIGING: readonly Does[] = [
  '220 hello',
  '250 hello',
  '250 ok',
  '250 ok',
  '354 go on',
  '250 queued',
  '221 bye',
];

/** A mail server that goes by a script, another one for each connection, and remembers whole messages by their Message-ID. */
export class ScriptedSmtp {
  /** Message-IDs that it took responsibility for. */
  readonly taken: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => this.serve(socket));
  /** How many have connected. */
  connections = 0;

  /** @param onTaken is given every message that it took responsibility for, as it came. */
  constructor(
    private readonly scriptOf: (connection: number) => readonly Does[],
    private readonly onTaken: (raw: string) => void = () => undefined,
  ) {}

  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    return new Promise((done) => this.server.close(() => done()));
  }

  private serve(socket: Socket): void {
    const script = this.scriptOf(this.connections++);
    let step = 0;
    let heard = '';
    let inData = false;
    const act = (whole?: string) => {
      const does = script[step++] ?? 'hangs up';
      if (whole !== undefined && does.startsWith('250')) {
        this.taken.push(/^Message-ID: <(.*)>/im.exec(whole)?.[1] ?? '');
        this.onTaken(whole);
      }
      if (does === 'hangs up') socket.destroy();
      else if (does !== 'is silent') socket.write(`${does}\r\n`);
      inData = does.startsWith('354');
    };
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      const end = inData ? '\r\n.\r\n' : '\r\n';
      if (!heard.endsWith(end)) return;
      const whole = inData ? heard : undefined;
      heard = '';
      act(whole);
    });
    act();
  }
}
