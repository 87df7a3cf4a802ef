import { transformFile } from '@swc/core';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Compiled, and nothing beside: what a process needs that keeps a database and does nothing else. */
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
export async function compileKeeper(directory: string): Promise<string> {
  await symlink(resolve('node_modules'), join(directory, 'node_modules'), 'junction');
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  for (const source of SOURCES) for (const file of await filesOf(source)) await compile(file, directory);
  const keeper = join(directory, 'keeper.js');
  await writeFile(keeper, KEEPER);
  return keeper;
}

/** Starts the program on `dataDir`; resolves with its process and the owner's URL once the database is up. */
export async function holdElsewhere(keeper: string, dataDir: string): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, [keeper, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  return [child, url.toString().trim()];
}

async function filesOf(source: string): Promise<string[]> {
  if (source.endsWith('.ts')) return [source];
  return (await readdir(join('src', source))).map((file) => `${source}/${file}`);
}

async function compile(file: string, directory: string): Promise<void> {
  const target = join(directory, file.replace(/\.ts$/, '.js'));
  const { code } = await transformFile(join('src', file), {
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  });
  await mkdir(join(target, '..'), { recursive: true });
  await writeFile(target, code);
}
