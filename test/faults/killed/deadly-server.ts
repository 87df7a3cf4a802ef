import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../dice.js';
import { Hearing } from './hearing.js';
import type { Moment } from './moments.js';
import { carriedBy } from './planned.js';

/** A message that the server took responsibility for, whether or not its answer arrived. */
export interface Taken {
  readonly messageId: string;
  /** Ids of the reminders in it. */
  readonly carries: readonly string[];
  /** Digest of its bytes. */
  readonly bytes: string;
}

/** Milliseconds, below which the dice choose, between an answer and the death that follows on it. */
const SOON = 4;

const FINAL_DOT = '\r\n.\r\n';

/** A mail server that takes every mail, and tells at each moment where its client is, who may die of it. */
export class DeadlyServer {
  /** Says whether the client was killed at this moment. */
  isFatal: (moment: Moment) => boolean = () => false;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer({ noDelay: true }, (socket) => {
    this.sockets.add(socket.once('close', () => this.sockets.delete(socket)));
    void this.converse(socket).finally(() => socket.end());
  });

  constructor(
    private readonly dice: Dice,
    private readonly take: (message: Taken) => void,
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

  private async converse(socket: Socket): Promise<void> {
    const hearing = new Hearing(socket);
    if (this.isFatal('after the intent, when it connects')) return;
    socket.write('220 hello\r\n');
    for (;;) {
      const line = await hearing.upTo('\r\n');
      if (line === undefined || line === 'QUIT') return;
      if (line !== 'DATA') socket.write('250 ok\r\n');
      else if (!(await this.receive(socket, hearing))) return;
    }
  }

  /** False when the client ended in the middle. */
  private async receive(socket: Socket, hearing: Hearing): Promise<boolean> {
    if (this.isFatal('when it asks for DATA')) return false;
    socket.write('354 go on\r\n');
    await pause(this.dice.below(SOON));
    if (hearing.isEmpty && this.isFatal('after 354, before the first byte')) return false;
    await hearing.something();
    if (!hearing.has(FINAL_DOT) && this.isFatal('in the middle of the message')) return false;
    const message = await hearing.upTo(FINAL_DOT);
    if (message === undefined) return false;
    const isDead = this.isFatal('after the final dot, before 250');
    // Some servers have queued a message by then, and some let go of it when they see that nobody waits for the answer.
    if (!isDead || this.dice.chance(0.5)) this.take(taken(message));
    if (isDead) return false;
    socket.write('250 queued\r\n');
    await pause(this.dice.below(SOON));
    return !this.isFatal('after 250');
  }
}

function taken(message: string): Taken {
  return {
    messageId: /^Message-ID: <(.*)>/im.exec(message)?.[1] ?? '',
    carries: carriedBy(message),
    bytes: createHash('sha256').update(message).digest('hex'),
  };
}
