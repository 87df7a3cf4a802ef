import { type Day, daysBetween, dayInEvery, windowOf } from '../domain/calendar.js';
import { claimDigestOf, isPartlyDelivered, keyHolders, keysTurned } from '../domain/commitment/delivery.js';
import { daysOverdue } from '../domain/commitment/due-history.js';
import type { Health } from '../domain/commitment/events.js';
import { openStatuses, unclaimedStatuses } from '../domain/commitment/life-cycle.js';
import { type Commitment, type Key, responsibleParties } from '../domain/commitment/state.js';
import type { Statement } from '../domain/commitment/statement.js';
import { textConfirmedBy, textDigestOf } from '../domain/commitment/text.js';
import { wordingOn } from '../domain/commitment/wording.js';
import { deadlineOf, timelinessOf } from '../domain/due.js';
import type { Database } from '../event-store/database.js';
import { digestOf } from '../event-store/entry.js';
import { commitmentDetails } from './commitment-details.js';
import type { CommitmentDocument } from './commitment-document.js';
import { reportCountsUntil } from './commitment-standing.js';
import { focusAreaStatus } from './focus-area-status.js';
import { type CountName, counted, dayKey, standingToday } from './standing-today.js';
import type { KnownDialogue } from './status-answers.js';

/** A row of the view of details. */
export interface DetailsRow {
  readonly commitment: string;
  readonly position: number;
  readonly document: CommitmentDocument;
}

export type CommitmentAnswer = ReturnType<typeof answerOf>;

/** A commitment as it is answered: the facts of its document, and what the calendar makes of them at `now`. */
export function answerOf(
  { position, document }: DetailsRow,
  { announcement }: Pick<KnownDialogue, 'announcement'>,
  now: string,
  /** Day whose words are shown; today when absent. */
  on?: Day,
) {
  const { state, version, sources, basis, withdrawalReason } = document;
  const responsible = responsibleParties(state);
  const zones = announcement.parties.filter(({ code }) => responsible.includes(code)).map(({ zone }) => zone);
  const today = on ?? dayInEvery(zones, now);
  const wording = wordingOn(state, today);
  return {
    dialogue: announcement.slug,
    ...wording,
    status: state.status,
    reached: document.reached,
    text: textOf(state, wording, basis),
    due: state.due.current,
    dueHistory: dueHistoryOf(state, today),
    timeliness: timelinessNow(state, zones, today, now),
    health: healthOf(document, today),
    delivery: deliveryOf(state),
    disputes: state.disputes,
    amendments: state.amendments,
    proposed: state.proposals,
    ...(withdrawalReason && { withdrawalReason }),
    withdrawalAskedBy: state.withdrawalProposedBy,
    successors: state.successors,
    carriedOver: state.carriedOver,
    assessments: state.assessments,
    sources,
    version,
    position,
  };
}

function textOf(state: Commitment, { text }: Statement, basis: CommitmentDocument['basis']) {
  const confirmedBy = textConfirmedBy(state);
  return {
    words: text,
    digest: textDigestOf(state, digestOf),
    ...(basis && { agreedBy: basis }),
    confirmedBy,
    /** Parties whose key to earlier words went stale. */
    confirmedBefore: staleParties(state.text.keys, confirmedBy),
    objectedToBy: state.text.objections,
    translations: state.translations.map(({ revision, ...translation }) => ({
      ...translation,
      outdated: revision < state.text.revision,
    })),
  };
}

function dueHistoryOf({ due }: Commitment, today: Day) {
  const { baseline, changes, request } = due;
  const [first, current] = [baseline && deadlineOf(baseline), deadlineOf(due.current)];
  return {
    ...(baseline && { baseline }),
    changes,
    extensions: changes.filter(({ how }) => how === 'extended').length,
    ...(request && { requested: request }),
    ...(first && current && { slipDays: daysBetween(first, current) }),
    daysOverdue: daysOverdue(due, today),
  };
}

function healthOf({ state, reports, lastReport }: CommitmentDocument, today: Day) {
  return {
    ...(openStatuses.includes(state.status) && { is: healthOn(today, Object.values(reports)) }),
    reports: Object.values(reports),
    ...(lastReport && { silentDays: Math.max(0, daysBetween(windowOf(lastReport).end, today)) }),
  };
}

function deliveryOf(state: Commitment) {
  const { evidence, claims, keys, criteria } = state.delivery;
  const claimDigest = claimDigestOf(state, digestOf);
  const turned = keysTurned(state);
  return {
    evidence,
    claims: claims.map(({ party, evidence: shown }) => ({ party, evidence: shown })),
    ...(claimDigest && { claimDigest }),
    keysNeeded: keyHolders(state),
    keysTurned: turned,
    /** Parties whose key went stale because claims or evidence have changed since. */
    keysStale: staleParties(keys, turned),
    criteria,
    partly: isPartlyDelivered(state),
  };
}

function staleParties(keys: readonly Key[], turned: readonly string[]): string[] {
  return [...new Set(keys.map(({ party }) => party))].filter((party) => !turned.includes(party));
}

/** Where the commitment stands in time. What is claimed or ended has no deadline that could still pass. */
function timelinessNow(state: Commitment, zones: readonly string[], today: Day, now: string) {
  const end = deadlineOf(state.due.current);
  if (!unclaimedStatuses.includes(state.status)) return undefined;
  return {
    is: timelinessOf(end, zones, now),
    ...(end && { countedTo: end, daysLeft: daysBetween(today, end) }),
    zones,
  };
}

/** The gravest of the reports that still count (domain.md 8). */
function healthOn(today: Day, reports: readonly { health: Health; on: string }[]): Health | 'not-reported' {
  const fresh = reports.filter(({ on }) => reportCountsUntil(on) >= today).map(({ health }) => health);
  const gravest = (['off-track', 'at-risk', 'on-track'] as const).find((health) => fresh.includes(health));
  return gravest ?? 'not-reported';
}
