import { readFile, rename, writeFile } from 'node:fs/promises';
import type { ApiKeys, KeyTerms } from '../identity/api-keys.js';
import { exampleDialogue } from './example/voices.js';

/** Who holds a demo key, and the key. */
export type DemoKeys = readonly { readonly holder: string; readonly key: string }[];

/** Several people of each side: whoever claims delivery cannot confirm it, nor whoever wrote a text down that text. */
const people = [
  ['desk officer', 'desk-officer'],
  ['secretariat', 'secretariat'],
  ['co-chair', 'co-chair'],
] as const;
const sides = [
  ['Aldovia', 'ALD'],
  ['Merania', 'MER'],
] as const;

const holders: readonly (KeyTerms & { readonly holder: string })[] = [
  { holder: 'recorder, every dialogue', role: 'recorder' },
  ...sides.flatMap(([name, party]) =>
    people.map(([who, role]) => ({
      holder: `${who} of ${name} (example)`,
      role,
      party,
      dialogue: exampleDialogue,
    })),
  ),
];

/** Makes a fresh set of demo keys. */
export async function makeDemoKeys(keys: ApiKeys): Promise<DemoKeys> {
  return Promise.all(
    holders.map(async ({ holder, ...terms }) => ({ holder, key: await keys.create(terms) })),
  );
}

/**
 * The demo keys kept in `file`, made the first time, and when the database is another or other people hold them. The
 * file is readable by its owner only.
 */
export async function keepDemoKeys(keys: ApiKeys, file: string): Promise<DemoKeys> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const kept = text === undefined ? [] : (JSON.parse(text) as DemoKeys);
  const areAll = holders.every(({ holder }, index) => kept[index]?.holder === holder);
  const known = await Promise.all(kept.map(({ key }) => keys.isKnown(key)));
  if (areAll && known.every(Boolean)) return kept;
  const made = await makeDemoKeys(keys);
  // Written aside and renamed: a file that is there is whole.
  await writeFile(`${file}.new`, JSON.stringify(made, undefined, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return made;
}
