import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Database } from '../event-store/database.js';
import { ApiKeys, type KeyTerms } from '../identity/api-keys.js';
import { exampleDialogue } from './example/voices.js';

/** Who holds a demo key, and the key. */
export type DemoKeys = readonly { readonly holder: string; readonly key: string }[];

const holders: readonly (KeyTerms & { readonly holder: string })[] = [
  { holder: 'recorder, every dialogue', role: 'recorder' },
  {
    holder: 'secretariat of Aldovia (example)',
    role: 'secretariat',
    party: 'ALD',
    dialogue: exampleDialogue,
  },
  {
    holder: 'secretariat of Merania (example)',
    role: 'secretariat',
    party: 'MER',
    dialogue: exampleDialogue,
  },
  {
    holder: 'desk officer of Merania (example)',
    role: 'desk-officer',
    party: 'MER',
    dialogue: exampleDialogue,
  },
];

/** Makes a fresh set of demo keys. */
export async function makeDemoKeys(db: Database): Promise<DemoKeys> {
  const keys = new ApiKeys(db);
  return Promise.all(
    holders.map(async ({ holder, ...terms }) => ({ holder, key: await keys.create(terms) })),
  );
}

/** The demo keys kept in `file`, made the first time. The file is readable by its owner only. */
export async function keepDemoKeys(db: Database, file: string): Promise<DemoKeys> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return JSON.parse(kept) as DemoKeys;
  const made = await makeDemoKeys(db);
  // Written aside and renamed: a file that is there is whole.
  await writeFile(`${file}.new`, JSON.stringify(made, undefined, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return made;
}
