import type { Actor } from './actor.js';
import type { PartialDate } from './calendar.js';
import type { Marking } from './confidentiality.js';

/** What a decider returns: a fact in the past tense. Type names are the stored format and never change. */
export interface Fact<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  /** Who may read it, where the rules say so; else what the command says holds. */
  readonly confidentiality?: Marking | undefined;
}

/** Texts by language (BCP 47 tag), for example `{ en: 'Supply chains', ja: '…' }`; never empty. */
export type LanguageMap = Readonly<Record<string, string>>;

/** Where a statement comes from: a registered source document, a place in it, and its words. */
export interface SourceReference {
  /** Id of a registered source document of the same dialogue. */
  readonly document: string;
  /** Page, paragraph or heading, as a reader would look it up. */
  readonly place?: string | undefined;
  readonly quotation?: Quotation | undefined;
}

/**
 * Words of a source; `verbatim: false` marks a restatement, where the exact words are not at hand. With the words
 * before and after it, a quotation is found again in a text that has moved (W3C Web Annotation, text-quote selector).
 */
export interface Quotation {
  readonly text: string;
  /** What stands right before the quoted words. */
  readonly prefix?: string | undefined;
  /** What stands right after them. */
  readonly suffix?: string | undefined;
  readonly language: string;
  readonly verbatim: boolean;
}

/** What every event of one command shares: who said so, when it was true, and on what authority. */
export interface Circumstance {
  readonly actor: Actor;
  /** When it was true in the world, as precise as it is known. */
  readonly occurredOn: PartialDate;
  /** Party for which the actor speaks without belonging to it. */
  readonly onBehalfOf?: string | undefined;
  readonly reason?: string | undefined;
  readonly sources?: readonly SourceReference[] | undefined;
  /** Who may read it, where fewer may than read what it belongs to. */
  readonly confidentiality?: Marking | undefined;
  /** Id of the command that caused the event. */
  readonly causationId: string;
  /** Id that follows one request through logs, events and problem documents. */
  readonly correlationId: string;
}

/** An event as it is stored, canonical JSON of exactly these members (domain.md 6.3). */
export interface Entry<F extends Fact = Fact> extends Circumstance {
  readonly id: string;
  readonly log: string;
  readonly stream: string;
  /** Place in the stream, from 1 without gaps. */
  readonly version: number;
  readonly type: F['type'];
  readonly schemaVersion: number;
  readonly data: F['data'];
  readonly confidentiality: Marking;
  readonly vocabularyVersion: number;
}

/** An entry with what the log added to it. */
export type Recorded<F extends Fact = Fact> = F extends Fact
  ? Entry<F> & {
      /** Place in the log, from 1 without gaps. */
      readonly position: number;
      /** The database's clock at the append, ISO 8601 with microseconds; never goes back within a log. */
      readonly recordedAt: string;
    }
  : never;
