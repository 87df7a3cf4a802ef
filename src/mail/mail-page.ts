import type { MailLanguage } from './reminder-content.js';
import type { Line, Text } from './said.js';

export interface Action {
  readonly label: string;
  readonly url: string;
}

/** Words of the record and, where they are not plainly the agreed ones in the reader's language, what they are. */
export interface Quoted {
  readonly text: Text;
  readonly mark: string;
}

/** One piece of a card, as plain text and HTML can both show it. */
export type Part =
  | { readonly text: Line }
  | { readonly list: readonly Line[] }
  | { readonly quotation: Quoted }
  /** What is to be done first, and what can be done besides. */
  | { readonly action: Action }
  | { readonly otherActions: readonly Action[] }
  /** All that can be done, the first thing first, where there is little room. */
  | { readonly links: readonly Action[] };

/** One commitment in a mail. */
export interface Card {
  readonly reference: string;
  readonly title: Quoted;
  /** The title in the other language of the pair. */
  readonly otherTitle?: Text | undefined;
  readonly state: Line;
  readonly day: string;
  readonly counting: readonly Line[];
  readonly isLate: boolean;
  readonly sections: readonly { readonly heading?: string; readonly parts: readonly Part[] }[];
}

/** A mail in words, before it is text or HTML: both say the same because both are made from this. */
export interface MailPage {
  readonly language: MailLanguage;
  readonly subject: string;
  /** What an inbox shows after the subject. */
  readonly preview: string;
  /** What has to be known before the rest is read. */
  readonly notices: readonly string[];
  /** Of a mail about more than one commitment. */
  readonly heading?:
    { readonly about: Line; readonly counts: readonly string[]; readonly separator: string } | undefined;
  readonly groups: readonly { readonly heading?: Line; readonly cards: readonly Card[] }[];
  readonly footer: { readonly lines: readonly Line[]; readonly actions: readonly Action[] };
}
