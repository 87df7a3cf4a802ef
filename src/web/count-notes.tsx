import type { ComponentChildren } from 'preact';
import type { CountName } from '../read-models/standing-today.js';
import type { DialogueStatus } from '../read-models/status-answers.js';
import { listAddress } from './addresses.js';
import { countWords } from './count-words.js';

const parts: readonly { readonly of: string; readonly counts: readonly CountName[] }[] = [
  { of: 'Among the open', counts: ['paused'] },
  { of: 'Ended undelivered', counts: ['withdrawn', 'superseded', 'lapsed'] },
];

/** Counts that are parts of others and have no column: how many rest, and how those that ended did (domain.md 8). */
export function CountNotes({ dialogue, totals }: Pick<DialogueStatus, 'dialogue' | 'totals'>) {
  const told = parts.flatMap(({ of, counts }) => {
    const present = counts.filter((count) => totals[count] > 0);
    return present.length === 0 ? [] : [{ of, counts: present }];
  });
  if (told.length === 0) return null;
  return (
    <p class="note">
      {told.map(({ of, counts }) => (
        <>
          {of}:{' '}
          {listed(counts.map((count) => <Part count={count} number={totals[count]} dialogue={dialogue} />))}
          .{' '}
        </>
      ))}
    </p>
  );
}

function Part({ count, number, dialogue }: { count: CountName; number: number; dialogue: string }) {
  return (
    <a href={listAddress(dialogue, { counted: count })}>
      {number} {countWords[count].label.toLowerCase()}
    </a>
  );
}

function listed(parts: readonly ComponentChildren[]) {
  return parts.map((part, index) => (
    <>
      {index > 0 && ', '}
      {part}
    </>
  ));
}
