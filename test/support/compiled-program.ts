import { transformFile } from '@swc/core';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Compiles sources of the project, each a file or a folder named by its path from the root, into an empty `directory`,
 * for programs that a test starts as processes of their own. Each file lies there as it lies here.
 */
export async function compileInto(directory: string, sources: readonly string[]): Promise<void> {
  await symlink(resolve('node_modules'), join(directory, 'node_modules'), 'junction');
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  for (const source of sources) for (const file of await filesOf(source)) await compile(file, directory);
}

/**
 * Compiles a program into an empty `directory` that runs as a process of its own; returns its path. `sources` are what it
 * imports from, however far around, as in {@link compileInto}.
 */
export async function compileProgram(
  directory: string,
  sources: readonly string[],
  program: string,
): Promise<string> {
  await compileInto(directory, sources);
  const path = join(directory, 'program.js');
  await writeFile(path, program);
  return path;
}

async function filesOf(source: string): Promise<string[]> {
  if (source.endsWith('.ts')) return [source];
  const files = await readdir(source, { recursive: true });
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join(source, file));
}

async function compile(file: string, directory: string): Promise<void> {
  const target = join(directory, file.replace(/\.ts$/, '.js'));
  const { code } = await transformFile(file, {
    configFile: false,
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2023',
    },
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
}
