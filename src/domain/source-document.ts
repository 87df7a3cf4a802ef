import { type PartialDate, windowOf } from './calendar.js';
import type { Decider } from './decider.js';
import type { Fact, LanguageMap } from './event.js';
import { Malformed, Refusal } from './refusal.js';

/** From the strongest to the weakest (domain.md 6.8). */
export const standings = [
  'joint-outcome-document',
  'memorandum',
  'agreed-minutes',
  'readout',
  'press-report',
] as const;
export type Standing = (typeof standings)[number];

export interface SourceRegistration {
  readonly id: string;
  readonly titles: LanguageMap;
  readonly standing: Standing;
  /** Code of the party that issued it; absent for a joint document or a third party's. */
  readonly issuer?: string | undefined;
  /** Who published it, where that is not a party. */
  readonly publisher?: string | undefined;
  readonly date: PartialDate;
  readonly languages: readonly string[];
  readonly address?: string | undefined;
  /** SHA-256 of the document's bytes, lower-case hex, where a copy is held. */
  readonly digest?: string | undefined;
  /** Ids of documents whose contents this one reports at second hand. */
  readonly reports?: readonly string[] | undefined;
}

export type SourceDocumentEvent = Fact<'SourceDocumentRegistered', SourceRegistration>;
export type SourceDocumentCommand = {
  readonly type: 'RegisterSourceDocument';
  readonly data: SourceRegistration;
};

export type SourceDocumentState =
  { readonly registered: false } | { readonly registered: true; readonly standing: Standing };

export const sourceDocument: Decider<SourceDocumentState, SourceDocumentCommand, SourceDocumentEvent> = {
  kind: 'source-document',
  initial: { registered: false },
  evolve: (_state, { data }) => ({ registered: true, standing: data.standing }),
  decide(state, { data }) {
    if (state.registered) {
      throw new Refusal(
        'source-already-registered',
        `A source document ${data.id} is already on record.`,
        '/id',
      );
    }
    windowOf(data.date, '/date');
    if (data.standing === 'readout' && !data.issuer) {
      throw new Malformed(
        'issuer-missing',
        'A readout is one side’s account; say which party issued it.',
        '/issuer',
      );
    }
    if (isJoint(data.standing) && data.issuer) {
      throw new Malformed(
        'issuer-not-joint',
        'A joint document is issued by all parties, not by one.',
        '/issuer',
      );
    }
    return [{ type: 'SourceDocumentRegistered', data }];
  },
};

/** True for documents that every party has put its name to; such a document makes a text agreed (domain.md 6.4). */
export function isJoint(standing: Standing): boolean {
  return standing === 'joint-outcome-document' || standing === 'memorandum' || standing === 'agreed-minutes';
}
