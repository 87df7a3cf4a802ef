import { type Day, type PartialDate, mustHaveBegun, windowOf } from './calendar.js';
import type { Circumstances } from './decider.js';
import type { LanguageMap } from './event.js';
import { Malformed, NotFound, Refusal } from './refusal.js';

/** How something that is known by a code can end. */
export type CodedEnding = 'merged' | 'split' | 'retired' | 'dissolved' | 'abolished';

/**
 * What the rules remember of something that people know by a code: a focus area, an organisation, an office.
 * Its names change and it may end; its code stays its own for ever (domain.md 6.2).
 */
export interface Coded {
  readonly status: 'unknown' | 'active' | CodedEnding;
  /** Its own code, once it is on record. */
  readonly code?: string | undefined;
  /** First day of the name in force; absent for the first name, which holds from the beginning. */
  readonly namedSince?: Day | undefined;
  /** Codes of what it became, where it was merged or split. */
  readonly successors: readonly string[];
}

/** New names, and the day from which they hold, as precise as it is known. */
export interface Renaming {
  readonly names: LanguageMap;
  readonly from: PartialDate;
}

/** What a decision about something with a code knows beside its history. */
export interface CodedCircumstances extends Circumstances {
  readonly reason: string | undefined;
  /** What the command names, of the same kind, by its code. */
  readonly named: ReadonlyMap<string, Coded>;
}

export const unknownCode: Coded = { status: 'unknown', successors: [] };

/** It has come on record under `code`. */
export function begun(code: string): Coded {
  return { status: 'active', code, successors: [] };
}

/** It has ended, and lives on in its successors where it has any. */
export function ended(coded: Coded, status: CodedEnding, successors: readonly string[] = []): Coded {
  return { ...coded, status, successors };
}

/** It bears another name from the first day that `from` can mean. */
export function renamed(coded: Coded, { from }: Pick<Renaming, 'from'>): Coded {
  return { ...coded, namedSince: windowOf(from).start };
}

/**
 * Refuses what is not on record ({@link NotFound}) and what has ended. `noun` as in "focus area"; `code` is
 * the one that it was named by.
 */
export function mustBeActive(
  noun: string,
  coded: Coded | undefined,
  code = coded?.code,
  field?: string,
): void {
  const kind = noun.replaceAll(' ', '-');
  const which = code ? `${noun} ${code}` : noun;
  if (!coded || coded.status === 'unknown') {
    throw new NotFound(`no-such-${kind}`, `There is no ${which} on record.`, field);
  }
  if (coded.status !== 'active') {
    const into = coded.successors.length > 0 ? ` into ${coded.successors.join(' and ')}` : '';
    throw new Refusal(`${kind}-ended`, `The ${which} has ended: it was ${coded.status}${into}.`, field);
  }
}

/**
 * Refuses a name that does not follow the one in force in time: names are recorded in the order in which they
 * came, and a name of the future is none yet.
 */
export function mustFollow(coded: Coded, { from }: Pick<Renaming, 'from'>, now: string): void {
  mustHaveBegun(from, now, '/from');
  if (coded.namedSince && windowOf(from, '/from').start <= coded.namedSince) {
    throw new Refusal(
      'name-in-force-later',
      `The name in force began on ${coded.namedSince}; the next one begins after it.`,
      '/from',
    );
  }
}

/**
 * Refuses successors that are not active, or that it would itself be. What has ended succeeds nothing, so
 * that no chain of successors comes back to where it began.
 */
export function mustBeSuccessors(
  noun: string,
  coded: Coded,
  into: string | readonly string[],
  named: CodedCircumstances['named'],
): void {
  for (const { code, field } of pointedAt(into)) {
    if (code === coded.code) {
      throw new Malformed('own-successor', `The ${noun} ${code} cannot be its own successor.`, field);
    }
    mustBeActive(noun, named.get(code), code, field);
  }
}

function pointedAt(into: string | readonly string[]): { code: string; field: string }[] {
  if (typeof into === 'string') return [{ code: into, field: '/into' }];
  return into.map((code, index) => ({ code, field: `/into/${index}` }));
}
