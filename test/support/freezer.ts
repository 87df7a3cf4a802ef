import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network between this machine and a database that can fail as networks do: without a word. */
export interface Freezer {
  /** The database, seen through it. */
  readonly url: string;
  /** From now on nothing gets through, and no connection ends, on either side. */
  freeze(): void;
  /** Connections that are made from now on get through; the others stay as they are. */
  letNewOnesThrough(): void;
  close(): Promise<void>;
}

/** Opens a network to the database of `url`. */
export async function openFreezer(url: string): Promise<Freezer> {
  const target = new URL(url);
  const pairs: [Socket, Socket][] = [];
  let frozen = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ host: target.hostname, port: Number(target.port), allowHalfOpen: true });
    pairs.push([near, far]);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    if (frozen) return;
    near.pipe(far);
    far.pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const seen = new URL(url);
  seen.hostname = '127.0.0.1';
  seen.port = String((server.address() as AddressInfo).port);
  return {
    url: seen.href,
    freeze() {
      frozen = true;
      for (const [near, far] of pairs) {
        near.unpipe().pause();
        far.unpipe().pause();
      }
    },
    letNewOnesThrough() {
      frozen = false;
    },
    async close() {
      for (const socket of pairs.flat()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
