import { type Day, daysBetween, type PartialDate, windowOf } from '../domain/calendar.js';
import type { CommitmentStatus } from '../domain/commitment/life-cycle.js';
import type { LanguageMap } from '../domain/event.js';
import { isUpForReview } from '../domain/round-close.js';
import type { Database } from '../event-store/database.js';
import type { CommitmentAnswer } from './commitment-answer.js';
import { commitmentAnswers } from './commitment-answers.js';
import { commitmentDetails } from './commitment-details.js';
import { dialogueRecord } from './dialogue-record.js';
import type { RoundDocument } from './documents/round-document.js';
import { listedFor } from './record-answers.js';
import type { CountName, Todays } from './standing-today.js';
import type { KnownDialogue } from './status-answers.js';
import { versionOf } from './views-version.js';

interface Listed {
  readonly id: string;
  readonly titles: LanguageMap;
  readonly focusAreas: readonly string[];
  readonly round?: number | undefined;
}

/** A proposal that is to be agreed or withdrawn before the round can be closed. */
export interface Undecided extends Listed {
  readonly textConfirmedBy: readonly string[];
}

export interface OpenCommitment extends Listed {
  readonly status: CommitmentStatus;
  readonly health: string;
  readonly timeliness?: CommitmentAnswer['timeliness'];
  /** Whose turn it is: parties whose claim is missing; once all have claimed, those whose key is. */
  readonly awaiting: { readonly claimOf: readonly string[]; readonly keyOf: readonly string[] };
  /** Closes of rounds that carried it over so far. */
  readonly timesCarriedOver: number;
  readonly lastReport?: PartialDate | undefined;
  /** Whole days since the last report of any kind or, where there is none, since it was agreed. */
  readonly silentForDays?: number | undefined;
}

export interface Ended extends Listed {
  readonly status: CommitmentStatus;
  readonly on: PartialDate;
}

/** What a round has before it (domain.md 6.1). Computed on every reading, never stored. */
export interface StockTake {
  readonly dialogue: string;
  readonly round: Pick<RoundDocument, 'number' | 'status' | 'plannedFor'>;
  /** The round held before this one; what was reached on its day or later is new. */
  readonly since?: { readonly round: number; readonly on: Day } | undefined;
  readonly todays: Todays;
  readonly counts: {
    readonly open: number;
    readonly overdue: number;
    readonly awaitingKey: number;
    readonly carriedOverTwiceOrMore: number;
    readonly undecided: number;
    readonly verified: number;
    readonly ended: number;
  };
  readonly open: readonly OpenCommitment[];
  readonly undecided: readonly Undecided[];
  readonly verified: readonly Ended[];
  readonly ended: readonly Ended[];
}

/** The entity tag of a stock-take, which is made of three views. */
export function stockTakeVersion(db: Database, known: KnownDialogue): Promise<string> {
  return versionOf(db, known, [commitmentDetails, dialogueRecord]);
}

/** The stock-take of a round as things stand for whoever asks. */
export async function stockTake(
  db: Database,
  known: KnownDialogue,
  round: RoundDocument,
): Promise<StockTake> {
  const reviewed = async (counted: CountName) => {
    const all = await commitmentAnswers(db, known, { counted, limit: Number.MAX_SAFE_INTEGER });
    return all.filter((each) => isUpForReview(each, round.number));
  };
  const since = heldBefore(await listedFor(db, known, 'round'), round.number);
  const open = (await reviewed('open')).map((each) => openCommitment(each, known.todays));
  const undecided = (await reviewed('proposed')).map((each) => ({
    ...named(each),
    textConfirmedBy: each.text.confirmedBy,
  }));
  const verified = (await reviewed('verified')).flatMap((each) => reachedSince(each, since?.on));
  const ended = (await reviewed('ended')).flatMap((each) => reachedSince(each, since?.on));
  return {
    dialogue: known.announcement.slug,
    round: { number: round.number, status: round.status, plannedFor: round.plannedFor },
    ...(since && { since }),
    todays: known.todays,
    counts: {
      open: open.length,
      overdue: open.filter(({ timeliness }) => timeliness?.is === 'overdue').length,
      awaitingKey: open.filter(({ awaiting }) => awaiting.keyOf.length > 0).length,
      carriedOverTwiceOrMore: open.filter((each) => each.timesCarriedOver >= 2).length,
      undecided: undecided.length,
      verified: verified.length,
      ended: ended.length,
    },
    open,
    undecided,
    verified,
    ended,
  };
}

/** The last round with a lower number that took place. */
function heldBefore(rounds: readonly RoundDocument[], number: number): StockTake['since'] {
  const before = rounds.filter((each) => each.held && each.number < number);
  const last = before.toSorted((a, b) => a.number - b.number).at(-1);
  return last && { round: last.number, on: last.held!.on };
}

function openCommitment(commitment: CommitmentAnswer, todays: Todays): OpenCommitment {
  const { status, health, timeliness, delivery, undertakings, reached, carriedOver } = commitment;
  const responsible = undertakings.map(({ party }) => party);
  const claimed = delivery.claims.map(({ party }) => party);
  const isClaimed = status === 'delivery-claimed';
  const { lastReport } = health;
  const heardOn = lastReport ?? reached['agreed'];
  const days = todays.filter(({ party }) => responsible.includes(party)).map(({ today }) => today);
  return {
    ...named(commitment),
    status,
    health: health.is ?? 'not-reported',
    ...(timeliness && { timeliness }),
    awaiting: {
      claimOf: isClaimed ? [] : responsible.filter((party) => !claimed.includes(party)),
      keyOf: isClaimed ? delivery.keysNeeded.filter((party) => !delivery.keysTurned.includes(party)) : [],
    },
    timesCarriedOver: carriedOver.length,
    ...(lastReport && { lastReport }),
    ...(heardOn && { silentForDays: Math.max(0, daysBetween(windowOf(heardOn).end, days.toSorted()[0]!)) }),
  };
}

/** As an ended commitment, when it surely or possibly reached its end on `since` or later. */
function reachedSince(commitment: CommitmentAnswer, since: Day | undefined): Ended[] {
  const { status, reached } = commitment;
  const on = reached[status];
  if (!on || (since && windowOf(on).end < since)) return [];
  return [{ ...named(commitment), status, on }];
}

function named({ id, titles, focusAreas, round }: CommitmentAnswer): Listed {
  return { id, titles, focusAreas, ...(round !== undefined && { round }) };
}
