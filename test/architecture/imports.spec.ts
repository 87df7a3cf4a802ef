import { readFileSync } from 'node:fs';
import { circlesIn, type Import, importsOf } from './import-graph.js';
import { filesIn, folderOf, nodesOf, sourcesIn } from './source-files.js';
import ts from 'typescript';

interface Rule {
  /** Folders of src that it may import from, beside itself. */
  readonly src: readonly string[];
  /** Packages that it may import; a last asterisk stands for anything. */
  readonly npm: readonly string[];
}

const record = ['domain', 'event-store'];
const surface: Rule = {
  src: [...record, 'commands', 'read-models', 'identity', 'reminders'],
  npm: ['@nestjs/*', 'fastify', 'kysely', 'zod', 'preact*', 'node:*'],
};

/** Who may import whom. Files directly in src, and cli, put everything together and may import everything. */
const rules: Readonly<Record<string, Rule | 'everything'>> = {
  '': 'everything',
  cli: 'everything',
  domain: { src: [], npm: ['temporal-polyfill'] },
  'event-store': {
    src: ['domain'],
    npm: ['kysely', 'pg', 'dataloader', 'lru-cache', '@nestjs/common', 'node:*'],
  },
  commands: { src: record, npm: ['@nestjs/cqrs', 'zod', 'node:*'] },
  'read-models': { src: record, npm: ['kysely', 'lru-cache', '@nestjs/common'] },
  identity: {
    src: [...record, 'commands', 'read-models'],
    npm: ['kysely', '@nestjs/common', '@nestjs/cqrs', 'jose', 'node:*'],
  },
  mail: {
    src: ['domain'],
    npm: ['nodemailer', 'ical-generator', 'preact', 'preact-render-to-string', 'node:*'],
  },
  processes: { src: [...record, 'commands'], npm: ['@nestjs/cqrs'] },
  reminders: {
    src: [...record, 'commands', 'read-models', 'mail'],
    npm: [
      'bullmq',
      'date-holidays',
      'ioredis',
      'kysely',
      'p-limit',
      '@nestjs/cqrs',
      '@nestjs/common',
      'node:*',
    ],
  },
  http: { ...surface, npm: [...surface.npm, 'prom-client'] },
  web: { ...surface, src: [...surface.src, 'http'] },
  embedded: { src: ['event-store'], npm: ['pg', 'node:*'] },
  records: {
    src: [...record, 'commands', 'identity', 'reminders'],
    npm: ['@nestjs/cqrs', 'kysely', 'node:*'],
  },
};

const sources = sourcesIn('src');
const imports = sources.flatMap(importsOf);

function isAllowed({ from, to }: Import): boolean {
  const rule = rules[folderOf(from)];
  if (!rule || 'unknown' in to) return false;
  if (rule === 'everything') return true;
  if ('folder' in to) return to.folder === folderOf(from) || rule.src.includes(to.folder);
  return rule.npm.some((name) =>
    name.endsWith('*') ? to.package.startsWith(name.slice(0, -1)) : to.package === name,
  );
}

const spelled = ({ from, line, to }: Import) => `${from}:${line} imports ${Object.values(to).join()}`;

describe('a folder of src', () => {
  test('imports only from where it may', () => {
    expect(imports.filter((each) => !isAllowed(each)).map(spelled)).toEqual([]);
  });

  test('has a rule of its own', () => {
    expect(Object.keys(rules).toSorted()).toEqual(
      [...new Set(sources.map(({ path }) => folderOf(path)))].toSorted(),
    );
  });

  test('is listed in ARCHITECTURE.md, with what it may import', () => {
    const [, section = ''] = readFileSync('ARCHITECTURE.md', 'utf8').split('\n## Folders');
    const rows = section.matchAll(/^\| `([a-z-]+)`.* \| ([a-z, -]+?) +\|$/gm);
    const listed = [...rows].map(([, folder, what]) => [folder, what!.split(', ').toSorted()]);
    const ruled = Object.entries(rules).flatMap(([folder, rule]) => {
      if (folder === '') return [];
      if (rule === 'everything') return [[folder, ['everything']]];
      return [[folder, rule.src.length === 0 ? ['nothing'] : rule.src.toSorted()]];
    });
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(ruled));
  });

  test('does not import from another that imports from it, however far around', () => {
    const edges = new Map<string, Set<string>>();
    for (const { from, to } of imports) {
      const folder = folderOf(from);
      if ('folder' in to && to.folder !== folder) {
        edges.set(folder, (edges.get(folder) ?? new Set()).add(to.folder));
      }
    }
    expect(edges.size).toBeGreaterThan(5);
    expect(circlesIn(edges)).toEqual([]);
  });

  test('is named after its role, never after nothing in particular', () => {
    const vague = /^(utils?|commons?|shared|record|helpers?|services?|dtos?|interfaces?)$/;
    const folders = filesIn('src').flatMap(({ path }) => path.split('/').slice(0, -1));
    expect(folders.filter((folder) => vague.test(folder))).toEqual([]);
  });
});

describe('a file of src', () => {
  test('has at most 250 lines', () => {
    const lines = ({ text }: { text: string }) => text.trimEnd().split('\n').length;
    expect(sources.filter((file) => lines(file) > 250).map(({ path }) => path)).toEqual([]);
  });

  test('is named in lower-case words joined by hyphens, with its role in Nest where it has one', () => {
    const form = /^[a-z0-9]+(-[a-z0-9]+)*(\.(controller|filter|guard|module))?\.(tsx?|css)$/;
    const names = filesIn('src').map(({ path }) => path);
    expect(names.filter((path) => !form.test(path.split('/').at(-1)!))).toEqual([]);
  });

  test('needs no forward reference: what depends on each other in a circle is put together otherwise', () => {
    const forward = (node: ts.Node) => ts.isIdentifier(node) && node.text === 'forwardRef';
    expect(sources.filter((file) => nodesOf(file).some(forward)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the rules', () => {
  const importing = (text: string, path = 'src/domain/due.ts') => importsOf({ path, text });

  test.each([
    ["import { a } from '../web/a.js';"],
    ["import type { A } from '../web/a.js';"],
    ["import '../web/a.js';"],
    ["import a = require('../web/a.js');"],
    ["export * from '../web/a.js';"],
    ["export type { A } from '../web/a.js';"],
    ["const a = await import('../web/a.js');"],
    ['const a = await import(`../web/a.js`);'],
    ["const a = require('../web/a.js');"],
    ["let a: import('../web/a.js').A;"],
    ["let a: typeof import('../web/a.js');"],
  ])('see %s', (text) => {
    expect(importing(text)).toEqual([{ from: 'src/domain/due.ts', line: 1, to: { folder: 'web' } }]);
    expect(importing(text).filter(isAllowed)).toEqual([]);
  });

  test.each<[string, string, boolean]>([
    ['src/domain/due.ts', "import { readFile } from 'node:fs/promises';", false],
    ['src/domain/due.ts', "import { Temporal } from 'temporal-polyfill';", true],
    ['src/domain/commitment/text.ts', "import { dueFrom } from '../due.js';", true],
    ['src/domain/due.ts', "import { config } from '../config.js';", false],
    ['src/read-models/views.ts', "import { Migrator } from 'kysely/migration';", true],
    ['src/read-models/views.ts', "import { CommandBus } from '@nestjs/cqrs';", false],
    ['src/http/a.controller.ts', "import { page } from '../web/page.js';", false],
    ['src/web/a.controller.ts', "import { problem } from '../http/problem.js';", true],
    ['src/commands/round.tsx', '', false],
    ['src/mail/mail.ts', 'await import(name);', false],
    ['src/cli/main.ts', "import { test } from '../../test/support/open-record.js';", false],
    ['src/new-folder/a.ts', "import { a } from 'kysely';", false],
  ])('judge %s: %s', (path, text, allowed) => {
    expect(importing(text, path).map(isAllowed)).toEqual([allowed]);
  });

  test('find circles of any length, and no others', () => {
    const edges = (...pairs: [string, string][]) =>
      circlesIn(
        new Map(
          pairs.map(([from]) => [from, new Set(pairs.filter(([f]) => f === from).map(([, to]) => to))]),
        ),
      );
    expect(edges(['a', 'b'], ['b', 'c'], ['c', 'a'], ['d', 'a'])).toEqual([['a', 'b', 'c']]);
    expect(edges(['a', 'b'], ['b', 'a'], ['c', 'd'], ['d', 'c'])).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(edges(['a', 'b'], ['a', 'c'], ['b', 'c'])).toEqual([]);
  });
});
