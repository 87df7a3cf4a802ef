import type { SourceReference } from '../domain/event.js';
import { type Meeting, type Standing, standings } from '../domain/source-document/events.js';

/** What is fixed about a source document from its registration on. */
export interface CitedSource {
  readonly document: string;
  readonly standing: Standing;
  readonly issuer: string | null;
  readonly meeting: Meeting | null;
}

/** What a commitment rests on: its strongest source, or the readouts of different parties of one meeting. */
export type CitedStanding = Standing | 'both-readouts';

/** One side's exact words about a meeting, each with the readout that they stand in. */
interface Account {
  readonly party: string;
  readonly quotations: readonly { readonly document: string; readonly text: string }[];
}

/** Accounts of one meeting, in one language, that do not agree. */
export interface DifferingAccounts {
  readonly meeting: Meeting;
  readonly language: string;
  readonly accounts: readonly Account[];
}

const strongestFirst: readonly CitedStanding[] = standings.flatMap((standing) =>
  standing === 'readout' ? (['both-readouts', standing] as const) : [standing],
);

/** The standing of the strongest of the cited sources (domain.md 6.8), or undefined where none is cited. */
export function standingOf(cited: readonly CitedSource[]): CitedStanding | undefined {
  const present = new Set<CitedStanding>(cited.map(({ standing }) => standing));
  const issuers = Object.values(byMeeting(cited)).map(
    (readouts) => new Set(readouts.map((each) => each.issuer)),
  );
  if (issuers.some((parties) => parties.size > 1)) present.add('both-readouts');
  return strongestFirst.find((standing) => present.has(standing));
}

/**
 * Readouts that contradict each other: issued by different parties, of one meeting, and quoted in one language,
 * where each side is quoted with words that the other is not. Only exact words are compared, blanks apart: a
 * restatement always differs, and a side of which merely more is quoted does not contradict the other.
 */
export function differingAccounts(
  references: readonly SourceReference[],
  cited: readonly CitedSource[],
): DifferingAccounts[] {
  return Object.values(byMeeting(cited)).flatMap((readouts) => {
    const quoted = readouts.flatMap(({ document, issuer }) =>
      references.flatMap(({ document: of, quotation }) =>
        of === document && quotation?.verbatim
          ? [{ document, party: issuer!, language: quotation.language, text: plain(quotation.text) }]
          : [],
      ),
    );
    return [...new Set(quoted.map(({ language }) => language))].flatMap((language) => {
      const here = quoted.filter((each) => each.language === language);
      const accounts = [...new Set(here.map(({ party }) => party))].map((party) => ({
        party,
        quotations: here
          .filter((each) => each.party === party)
          .map(({ document, text }) => ({ document, text })),
      }));
      return contradict(accounts) ? [{ meeting: readouts[0]!.meeting!, language, accounts }] : [];
    });
  });
}

function contradict(accounts: readonly Account[]): boolean {
  const saysMore = (one: Account, other: Account) =>
    one.quotations.some(({ text }) => !other.quotations.some((each) => each.text === text));
  return accounts.some((one) => accounts.some((other) => saysMore(one, other) && saysMore(other, one)));
}

/** The readouts among the cited sources, by the meeting that they tell of. */
function byMeeting(cited: readonly CitedSource[]): Readonly<Record<string, readonly CitedSource[]>> {
  const meetings: Record<string, CitedSource[]> = {};
  for (const source of cited) {
    if (source.standing !== 'readout' || !source.meeting) continue;
    (meetings[JSON.stringify(source.meeting)] ??= []).push(source);
  }
  return meetings;
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}
