import { transformFile } from '@swc/core';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/**
 * Compiles a program into `directory` that runs as a process of its own; returns its path. `sources` are the files and
 * folders of src that it imports from, however far around.
 */
export async function compileProgram(
  directory: string,
  sources: readonly string[],
  program: string,
): Promise<string> {
  await symlink(resolve('node_modules'), join(directory, 'node_modules'), 'junction');
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  for (const source of sources) for (const file of await filesOf(source)) await compile(file, directory);
  const path = join(directory, 'program.js');
  await writeFile(path, program);
  return path;
}

async function filesOf(source: string): Promise<string[]> {
  if (source.endsWith('.ts')) return [source];
  const files = await readdir(join('src', source), { recursive: true });
  return files.filter((file) => file.endsWith('.ts')).map((file) => `${source}/${file}`);
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
