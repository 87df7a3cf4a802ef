import type { Actor } from './actor.js';
import { mustHaveBegun, mustHavePassed, windowOf } from './calendar.js';
import type { Circumstances, Decider } from './decider.js';
import { Malformed, NotFound, Refusal } from './refusal.js';
import type {
  SourceCopy,
  SourceDocumentCommand,
  SourceDocumentEvent,
  SourceRegistration,
  Standing,
  Translation,
} from './source-document/events.js';

interface RegisteredSource {
  readonly registered: true;
  readonly id: string;
  /** Who put it on record. */
  readonly by?: Actor | undefined;
  readonly standing: Standing;
  readonly languages: readonly string[];
  readonly address?: string | undefined;
  /** Digest of its bytes, from its registration or else from the first copy: they never change. */
  readonly digest?: string | undefined;
  readonly copies: readonly SourceCopy[];
  readonly translations: readonly Translation[];
  readonly replacedBy?: string | undefined;
}

type StatedEvent = SourceDocumentEvent & { readonly actor?: Actor };

export type SourceDocumentState = { readonly registered: false } | RegisteredSource;

export interface SourceCircumstances extends Circumstances {
  /** Of the document that is to replace this one: the ids that replaced it in turn, first to last. */
  readonly laterVersions: readonly string[];
}

export const sourceDocument: Decider<
  SourceDocumentState,
  SourceDocumentCommand,
  StatedEvent,
  SourceCircumstances
> = {
  kind: 'source-document',
  initial: { registered: false },
  evolve(state, event) {
    if (event.type === 'SourceDocumentRegistered') {
      const { id, standing, languages, address, digest } = event.data;
      const by = event.actor;
      return { registered: true, id, by, standing, languages, address, digest, copies: [], translations: [] };
    }
    if (!state.registered) return state;
    switch (event.type) {
      case 'SourceCopyArchived':
        return {
          ...state,
          digest: state.digest ?? event.data.digest,
          copies: [...state.copies, event.data],
        };
      case 'TranslationAdded':
        return { ...state, translations: [...state.translations, event.data] };
      case 'SourceReplaced':
        return { ...state, replacedBy: event.data.by };
      case 'SourceUnreachableNoted':
        return state;
    }
  },
  decide(state, command, { now, laterVersions }) {
    if (command.type === 'RegisterSourceDocument') return register(state, command.data, now);
    if (!state.registered) throw new NotFound('no-such-source-document', 'There is no such source document.');
    switch (command.type) {
      case 'ArchiveSourceCopy':
        return archive(state, command.data, now);
      case 'AddTranslation':
        return addTranslation(state, command.data);
      case 'ReplaceSource':
        return replace(state, command.data.by, laterVersions);
      case 'NoteSourceUnreachable':
        if (!state.address) {
          throw new Refusal('no-address', 'This document has no address that could have become unreachable.');
        }
        mustHaveBegun(command.data.on, now, '/on');
        return [{ type: 'SourceUnreachableNoted', data: command.data }];
    }
  },
};

function register(state: SourceDocumentState, data: SourceRegistration, now: string): SourceDocumentEvent[] {
  if (state.registered) {
    throw new Refusal(
      'source-already-registered',
      `A source document ${data.id} is already on record.`,
      '/id',
    );
  }
  windowOf(data.date, '/date');
  if (data.retrievedAt) mustHavePassed(data.retrievedAt, now, '/retrievedAt');
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
}

/** The bytes of a document never change: a copy with others is another version, to be registered as such. */
function archive(state: RegisteredSource, copy: SourceCopy, now: string): SourceDocumentEvent[] {
  if (!copy.address && !copy.place) {
    throw new Malformed(
      'copy-nowhere',
      'Say where the copy is kept: give its address or its place.',
      '/address',
    );
  }
  mustHavePassed(copy.retrievedAt, now, '/retrievedAt');
  if (state.digest && copy.digest !== state.digest) {
    throw new Refusal(
      'copy-differs',
      'The bytes of this copy are not those on record. Register it as a document of its own that replaces this one.',
      '/digest',
    );
  }
  if (state.copies.some(({ address, place }) => address === copy.address && place === copy.place)) {
    throw new Refusal('copy-already-archived', 'A copy at this place is already on record.');
  }
  return [{ type: 'SourceCopyArchived', data: copy }];
}

function addTranslation(state: RegisteredSource, data: Translation): SourceDocumentEvent[] {
  const { language, standing, translator } = data;
  if (state.languages.includes(language)) {
    throw new Refusal(
      'language-of-the-document',
      `The document itself is in this language (${language}).`,
      '/language',
    );
  }
  if (!translator && standing !== 'authentic') {
    throw new Malformed(
      'translator-missing',
      'Say who translated it; only an authentic text needs no translator.',
      '/translator',
    );
  }
  const known = state.translations.some(
    (each) =>
      each.language === language &&
      each.standing === standing &&
      each.address === data.address &&
      each.digest === data.digest,
  );
  if (known) {
    throw new Refusal('translation-already-added', 'This translation is already on record.', '/language');
  }
  return [{ type: 'TranslationAdded', data }];
}

function replace(
  state: RegisteredSource,
  by: string,
  laterVersions: readonly string[],
): SourceDocumentEvent[] {
  if (by === state.id) {
    throw new Malformed('replaced-by-itself', 'A document cannot be replaced by itself.', '/by');
  }
  if (state.replacedBy) {
    throw new Refusal('source-already-replaced', `It was already replaced by ${state.replacedBy}.`);
  }
  if (laterVersions.includes(state.id)) {
    throw new Refusal('replacement-in-a-circle', `${by} was itself replaced by this document.`, '/by');
  }
  return [{ type: 'SourceReplaced', data: { by } }];
}

/** True for documents that every party has put its name to; such a document makes a text agreed (domain.md 6.4). */
export function isJoint(standing: Standing): boolean {
  return standing === 'joint-outcome-document' || standing === 'memorandum' || standing === 'agreed-minutes';
}

/**
 * True when a document speaks for every party if `actor` cites it. No side is the only witness of what all are said to have
 * agreed: what its own people put on record as joint is cited by someone of another side, or by a recorder of none.
 */
export function speaksForAll(source: SourceDocumentState, actor: Actor): boolean {
  if (!source.registered || !isJoint(source.standing)) return false;
  const { by } = source;
  if (!by) return false;
  if (by.id === actor.id) return by.party === undefined && actor.party === undefined;
  return by.party === undefined || by.party !== actor.party;
}
