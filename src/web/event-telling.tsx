import type { ComponentChildren } from 'preact';
import type { CommitmentEvent, DataOf, PartyStatement } from '../domain/commitment/events.js';
import type { Due } from '../domain/due.js';
import type { LanguageMap } from '../domain/event.js';
import { CountedTo, DueWords } from './due-phrases.js';
import { Text } from './language.js';
import { NameOf } from './names.js';
import type { CommitmentShown } from './page-contents.js';

/** What the words of an event draw on besides the event. */
export type Names = Pick<CommitmentShown, 'announcement' | 'organisations' | 'focusAreas' | 'commitment'>;

/** What happened, and what is to be added. */
export type Words = { readonly what: ComponentChildren; readonly details?: ComponentChildren };

export type CommitmentEventType = CommitmentEvent['type'];

/** Words for every event of these types. */
export type Telling<Type extends CommitmentEventType> = {
  readonly [T in Type]: (data: DataOf<CommitmentEvent, T>, names: Names) => Words;
};

/** "India reported …": what one party did. */
export const by =
  <Data extends PartyStatement>(did: string, details?: (data: Data, names: Names) => ComponentChildren) =>
  (data: Data, names: Names): Words => ({
    what: (
      <>
        <Party code={data.party} {...names} /> {did}
      </>
    ),
    details: details?.(data, names),
  });

export const text = (words: LanguageMap | undefined) => words && <Text of={words} />;

/** A code of the vocabulary as a reader sees it. */
export const plain = (code: string) => code.replaceAll('-', ' ');

export const dueShown = (due: Due) => (
  <>
    <DueWords due={due} /> <CountedTo due={due} />
  </>
);

export function Party({ code, announcement }: { code: string } & Pick<Names, 'announcement'>) {
  return <NameOf code={code} among={announcement.parties} />;
}
