import type { Due, DueTerms } from '../due.js';
import type { Restriction } from '../confidentiality.js';
import type { LanguageMap } from '../event.js';

export const natures = ['joint', 'unilateral'] as const;
export const commitmentTypes = [
  'action',
  'output',
  'outcome-target',
  'process',
  'information-exchange',
  'legal-step',
  'funding',
] as const;
export const strengths = ['binding', 'political', 'exploratory', 'aspirational'] as const;

/** One party's share, with the organisation that leads it where the party has named one. */
export interface Undertaking {
  readonly party: string;
  /** Code of a registered organisation. */
  readonly lead?: string | undefined;
  readonly supporting?: readonly string[] | undefined;
  /** Reference to the person or post that answers for it; never a name or an address. */
  readonly focalPoint?: string | undefined;
}

/** What must exist for the commitment to count as delivered. */
export interface Criterion {
  readonly id: string;
  readonly text: LanguageMap;
}

/** The words of a commitment and how they are to be taken: what an amendment or a correction can change. */
export interface Wording {
  readonly titles: LanguageMap;
  readonly text: LanguageMap;
  /** Operative verb as in the source, for example "explore". */
  readonly verb?: string | undefined;
  readonly type: (typeof commitmentTypes)[number];
  readonly strength: (typeof strengths)[number];
  readonly criteria?: readonly Criterion[] | undefined;
}

export interface Statement extends Wording {
  readonly id: string;
  readonly nature: (typeof natures)[number];
  /** Codes of the focus areas it is grouped under; a cross-cutting one names all of them. */
  readonly focusAreas: readonly string[];
  readonly undertakings: readonly Undertaking[];
  /** For a unilateral commitment: the party it is made to, which holds the key. */
  readonly towards?: string | undefined;
  /** Number of the round it comes from. */
  readonly round?: number | undefined;
  /** Who may read it from the beginning; everyone when absent. */
  readonly classification?: Classification | undefined;
}

/** Who may read a commitment, and why others may not. */
export interface Classification {
  readonly confidentiality: Restriction;
  /** Shown in place of what is withheld to those who may know that it exists (domain.md 6.7). */
  readonly ground: string;
}

/** When an embargo ends: an instant (ISO 8601), or the first moment of a day in a zone. */
export type EmbargoEnd = string | { readonly day: string; readonly zone: string };

export type Proposal = Statement & { readonly due: DueTerms };
export type Proposed = Statement & { readonly due: Due };

/** How a text in another language stands to the agreed one (domain.md 6.8). */
export const translationStandings = ['authentic', 'official', 'unofficial', 'machine'] as const;

export interface Translation {
  readonly language: string;
  readonly title?: string | undefined;
  readonly text: string;
  readonly standing: (typeof translationStandings)[number];
  /** Organisation that made it, by its code. */
  readonly translator?: string | undefined;
}
