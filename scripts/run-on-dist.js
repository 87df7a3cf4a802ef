import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync } from '@swc/core';

// Lets Node run TypeScript beside the source against the build: what is imported from src is what was built of it in dist,
// so that a benchmark measures what users run. Use: node --import ./scripts/run-on-dist.js <file.ts>
if (isMainThread) register(import.meta.url);

const root = new URL('../', import.meta.url).href;
const [src, dist] = [`${root}src/`, `${root}dist/`];

export function resolve(specifier, context, next) {
  if (!specifier.startsWith('.') || !context.parentURL?.endsWith('.ts')) return next(specifier, context);
  const { href } = new URL(specifier, context.parentURL);
  return next(href.startsWith(src) ? dist + href.slice(src.length) : href.replace(/\.js$/, '.ts'), context);
}

export function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
