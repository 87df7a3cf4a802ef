import type { LanguageMap } from '../domain/event.js';
import { commitmentAddress } from './addresses.js';
import { Text } from './language.js';

interface LinkedProps {
  /** Those that the reader may know of. */
  readonly of: readonly { readonly id: string; readonly titles?: LanguageMap }[];
  readonly dialogue: string;
}

/** Commitments that took the place of another, or gave it up, each as a link. */
export function LinkedCommitments({ of, dialogue }: LinkedProps) {
  if (of.length === 0) return <>others</>;
  return (
    <>
      {of.map(({ id, titles }, index) => (
        <>
          {index > 0 && ' and '}
          <a href={commitmentAddress(dialogue, id)}>
            {id}
            {titles && ' '}
            {titles && <Text of={titles} />}
          </a>
        </>
      ))}
    </>
  );
}
