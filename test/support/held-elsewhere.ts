import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { compileProgram } from './compiled-program.js';

/** What a process needs that keeps a database and does nothing else. */
const SOURCES = ['embedded', 'event-store/database.ts'];

const KEEPER = `
  import { startEmbeddedPostgres } from './embedded/embedded-postgres.js';
  const { ownerUrl } = await startEmbeddedPostgres({
    dataDir: process.argv[2],
    say: () => undefined,
    settings: { fsync: 'off' },
  });
  console.log(ownerUrl);
`;

/** Compiles a program into `directory` that keeps a database until it is killed; returns its path. */
export function compileKeeper(directory: string): Promise<string> {
  return compileProgram(directory, SOURCES, KEEPER);
}

/** Starts the program on `dataDir`; resolves with its process and the owner's URL once the database is up. */
export async function holdElsewhere(keeper: string, dataDir: string): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, [keeper, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  return [child, url.toString().trim()];
}
