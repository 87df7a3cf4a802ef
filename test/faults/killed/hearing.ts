import type { Socket } from 'node:net';

/** What the other end of a connection says, to be waited for. */
export class Hearing {
  private heard = '';
  private isOver = false;
  private wake: () => void = () => undefined;

  constructor(socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      this.heard += piece;
      this.wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isOver = true;
      this.wake();
    });
  }

  get isEmpty(): boolean {
    return this.heard === '';
  }

  has(ending: string): boolean {
    return this.heard.includes(ending);
  }

  /** Waits until something is there that was not waited for, or the connection is closed. */
  async something(): Promise<void> {
    while (this.isEmpty && !this.isOver) await this.more();
  }

  /** What comes before the next `ending`; undefined when the connection is closed before. */
  async upTo(ending: string): Promise<string | undefined> {
    while (!this.has(ending)) {
      if (this.isOver) return undefined;
      await this.more();
    }
    const at = this.heard.indexOf(ending);
    const text = this.heard.slice(0, at);
    this.heard = this.heard.slice(at + ending.length);
    return text;
  }

  private more(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }
}
