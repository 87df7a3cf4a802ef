import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server of this machine that can be shut, as though the server were gone. */
export class Gate {
  private readonly sockets = new Set<Socket>();
  private passes = true;
  /** How many connections have come to it. */
  connections = 0;
  /** What becomes of that which goes by. */
  alter: (bytes: Buffer) => Buffer = (bytes) => bytes;

  private constructor(
    private server: Server,
    private readonly port: number,
    /** Port of the server; another one counts for connections from then on. */
    public target: number,
  ) {
    server.on('connection', (near) => this.link(near));
  }

  static async open(target: number): Promise<Gate> {
    const server = await listening(0);
    return new Gate(server, (server.address() as AddressInfo).port, target);
  }

  /** The same address by way of the gate. */
  through(url: string): string {
    const way = new URL(url);
    way.hostname = '127.0.0.1';
    way.port = String(this.port);
    return way.href;
  }

  /** Cuts every connection and refuses others, as where a server has ended. */
  async shut(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }

  /** Lets nothing through and tells nobody, as where a network is gone. */
  hush(): void {
    this.passes = false;
    for (const socket of this.sockets) socket.pause();
  }

  /** Lets through again; what was hushed goes on where it stopped. */
  async reopen(): Promise<void> {
    this.passes = true;
    for (const socket of this.sockets) socket.resume();
    if (this.server.listening) return;
    this.server = await listening(this.port);
    this.server.on('connection', (near) => this.link(near));
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.shut();
  }

  private link(near: Socket): void {
    this.connections++;
    const far = connect(this.target, '127.0.0.1');
    this.join(near, far);
    this.join(far, near);
  }

  private join(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (bytes) => to.write(this.alter(bytes)));
    from.on('error', () => undefined);
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
    if (!this.passes) from.pause();
  }
}

async function listening(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
