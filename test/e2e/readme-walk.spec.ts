import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PactaProcess } from '../support/pacta-process.js';

jest.setTimeout(90_000);

/** The address that the README is written for. */
const WRITTEN = 'http://127.0.0.1:3000';
const HEADING = '## One commitment, from proposal to verification\n';
const NEXT = '\n## Settings\n';
const BOUNDARY = '--- next step ---';

interface Step {
  readonly commands: string;
  /** What is shown to be printed; empty where nothing is. */
  readonly shown: string;
}

/** The steps of a section of Markdown: each block of `sh`, with the block without a language that follows it. */
function stepsOf(section: string): Step[] {
  const blocks = section.matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...blocks].reduce<Step[]>((steps, [, language, text = '']) => {
    if (language === 'sh') return [...steps, { commands: text, shown: '' }];
    return [...steps.slice(0, -1), { ...steps.at(-1)!, shown: text }];
  }, []);
}

/** What is shown, as a pattern: a line that is `…` stands for any lines, `…` in a line for anything in it. */
function patternOf(shown: string): RegExp {
  const escaped = shown.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/^…$/gm, '[^]*?').replace(/…/g, '[^\\n]+')}$`);
}

let folder: string;
let pacta: PactaProcess;
let address: string;
let readme: string;

beforeAll(async () => {
  readme = await readFile('README.md', 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'pacta-walk-'));
  pacta = new PactaProcess({ DATA_DIR: join(folder, 'data'), PORT: '0' });
  address = await pacta.ready();
});
afterAll(async () => {
  await pacta.end('SIGTERM');
  await rm(folder, { recursive: true });
});

test('the walk of the README does, line by line as it stands there, what is shown there', () => {
  const section = readme.split(HEADING)[1]!.split(NEXT)[0]!;
  const steps = stepsOf(section);
  expect(steps.length).toBeGreaterThan(10);

  // One shell for all; -e, so that it ends at the first line that fails.
  const script = steps.map(({ commands }) => `${commands}echo '${BOUNDARY}'\n`).join('');
  const { PATH, HOME } = process.env;
  const shell = spawnSync('sh', ['-e', '-c', script.replaceAll(WRITTEN, address)], {
    cwd: folder,
    env: { PATH, HOME },
    encoding: 'utf8',
  });
  const printed = shell.stdout.replaceAll(address, WRITTEN).split(`${BOUNDARY}\n`);
  steps.forEach(({ commands, shown }, index) => {
    const all = { commands, printed: printed[index], stderr: shell.stderr };
    expect(all).toEqual({ ...all, printed: expect.stringMatching(patternOf(shown)) });
  });
  expect([shell.status, printed.length]).toEqual([0, steps.length + 1]);
});
