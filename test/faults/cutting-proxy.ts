import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands in every event that is on its way to the server, and in nothing else. */
const EVENT = 'causationId';

/** How the server ends an answer when no transaction is open: what it was asked is committed or undone. */
const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** What goes by on a connection that carries events to the server: on the way there, or their commit's answer back. */
export type Passing = 'events' | 'commit answered';

/** Whether what goes by is passed on, or the connection cut in its place, at once or when a promise says so. */
export type Judge = (passing: Passing) => 'pass' | 'cut' | Promise<'cut'>;

interface Link {
  /** To be cut when the next commit is answered. */
  deaf: boolean;
  /** An answer was kept from it. */
  held: boolean;
  /** Events have gone to the server, and no answer yet says that they are committed or undone. */
  carries: boolean;
  cut(): void;
}

/** A way to a PostgreSQL of this machine on which connections break when the test wants them to. */
export class CuttingProxy {
  judge: Judge = () => 'pass';
  private holding = false;
  private readonly links = new Set<Link>();

  private constructor(
    private readonly server: Server,
    /** Port of the PostgreSQL; a new one counts for connections from then on. */
    public target: number,
  ) {
    server.on('connection', (near) => this.link(near));
  }

  static async open(target: number): Promise<CuttingProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CuttingProxy(server, target);
  }

  /** The same login by way of the proxy. */
  through(url: string): string {
    const way = new URL(url);
    way.port = String((this.server.address() as AddressInfo).port);
    return way.href;
  }

  /** Cuts each of the chosen connections once it has next carried events: they are committed, and nobody hears of it. */
  loseAnswers(isChosen: () => boolean): void {
    for (const link of this.links) link.deaf ||= isChosen();
  }

  /** Keeps back what the server says of commits while something happens, and then cuts the connections that wait for it. */
  async holdAnswersWhile(happens: () => Promise<void>): Promise<void> {
    this.holding = true;
    try {
      await happens();
    } finally {
      this.holding = false;
      for (const link of this.links) if (link.held) link.cut();
    }
  }

  /** Cuts every connection. */
  cutAll(): void {
    for (const link of this.links) link.cut();
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cutAll();
    await closed;
  }

  private link(near: Socket): void {
    const far = connect(this.target, '127.0.0.1');
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    const link: Link = { deaf: false, held: false, carries: false, cut };
    this.links.add(link);
    join(near, far, (bytes) => this.onTheWay(link, bytes));
    join(far, near, (bytes) => this.onTheWayBack(link, bytes));
    near.on('close', () => this.links.delete(link));
  }

  private onTheWay(link: Link, bytes: Buffer): ReturnType<Judge> {
    if (!bytes.includes(EVENT)) return 'pass';
    link.carries = true;
    return this.judge('events');
  }

  private onTheWayBack(link: Link, bytes: Buffer): ReturnType<Judge> | 'hold' {
    if (!link.carries || !bytes.subarray(-IDLE.length).equals(IDLE)) return 'pass';
    link.carries = false;
    link.held = this.holding;
    if (link.held) return 'hold';
    return link.deaf ? 'cut' : this.judge('commit answered');
  }
}

/** Passes on what comes from one end to the other, until it is to be cut. */
function join(from: Socket, to: Socket, judged: (bytes: Buffer) => ReturnType<Judge> | 'hold'): void {
  const cut = () => {
    from.destroy();
    to.destroy();
  };
  from.setNoDelay(true);
  from.on('data', (bytes) => {
    const fate = judged(bytes);
    if (fate === 'pass') to.write(bytes);
    else if (fate === 'cut') cut();
    else if (fate !== 'hold') void fate.then(cut);
  });
  from.on('end', () => to.end());
  from.on('error', cut);
  from.on('close', () => to.end());
}
