import { type Day, daysBetween, windowOf } from '../domain/calendar.js';
import { claimDigestOf, isPartlyDelivered, keyHolders, keysTurned } from '../domain/commitment/delivery.js';
import { daysOverdue } from '../domain/commitment/due-history.js';
import type { Health } from '../domain/commitment/events.js';
import { openStatuses, unclaimedStatuses } from '../domain/commitment/life-cycle.js';
import { type Commitment, type Key, responsibleParties } from '../domain/commitment/state.js';
import type { Statement } from '../domain/commitment/statement.js';
import { textConfirmedBy, textDigestOf } from '../domain/commitment/text.js';
import { wordingOn } from '../domain/commitment/wording.js';
import { maySee, type Reader } from '../domain/confidentiality.js';
import type { Dialogue } from '../domain/dialogue.js';
import { deadlineOf, timelinessOn } from '../domain/due.js';
import { digestOf } from '../event-store/entry.js';
import { type CitedSource, differingAccounts, standingOf } from './cited-sources.js';
import type { CommitmentDocument } from './commitment-document.js';
import { reportCountsUntil } from './commitment-standing.js';
import { unansweredForDays } from './unanswered-claim.js';
import { secrecyShown } from './secrecy-shown.js';
import type { KnownDialogue } from './status-answers.js';

/** A row of the view of details. */
export interface DetailsRow {
  readonly commitment: string;
  readonly document: CommitmentDocument;
  /** What is on record of the sources that it cites. */
  readonly cited: readonly CitedSource[];
}

export type CommitmentAnswer = ReturnType<typeof answerOn>;

/** A commitment as it stands, for whoever asks. */
export function answerOf(row: DetailsRow, known: KnownDialogue) {
  const responsible = responsibleParties(row.document.state);
  // The days are known already: to ask the calendar for each of ten thousand commitments takes seconds.
  const days = known.todays.filter(({ party }) => responsible.includes(party)).map(({ today }) => today);
  return answerOn(row, known, days.toSorted()[0]!);
}

/** A commitment as it is answered on a day: the facts of its document, and what the calendar makes of them. */
export function answerOn({ document, cited }: DetailsRow, known: KnownDialogue, today: Day) {
  const { announcement, reader, now } = known;
  const heads = document.heads.filter(({ marking }) => maySee(reader, marking));
  const { state, sources, basis, withdrawalReason } = document;
  const { classification: _first, ...wording } = wordingOn(state, today);
  const standing = standingOf(cited);
  const differing = differingAccounts(sources, cited);
  return {
    dialogue: announcement.slug,
    ...wording,
    status: state.status,
    reached: document.reached,
    text: textOf(state, wording, basis),
    due: state.due.current,
    dueHistory: dueHistoryOf(state, today),
    timeliness: timelinessOnDay(state, responsibleZones(document, announcement), today),
    health: healthOf(document, today),
    delivery: { ...deliveryOf(state, reader), ...unanswered(document, announcement, today) },
    disputes: state.disputes,
    amendments: state.amendments,
    proposed: state.proposals,
    ...(withdrawalReason && { withdrawalReason }),
    withdrawalAskedBy: state.withdrawalProposedBy,
    successors: state.successors,
    carriedOver: state.carriedOver,
    assessments: state.assessments,
    sources,
    ...(standing && { standing }),
    textDiverges: differing.length > 0,
    ...(differing.length > 0 && { differingAccounts: differing }),
    ...secrecyShown(state, now),
    version: heads.reduce((sum, { events }) => sum + events, 0),
    position: Math.max(...heads.map(({ position }) => position)),
  };
}

/** Zones in which the days of those responsible end. */
export function responsibleZones(
  { state }: CommitmentDocument,
  { parties }: Pick<Dialogue, 'parties'>,
): string[] {
  const responsible = responsibleParties(state);
  return parties.filter(({ code }) => responsible.includes(code)).map(({ zone }) => zone);
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
    ...(lastReport && { lastReport, silentDays: Math.max(0, daysBetween(windowOf(lastReport).end, today)) }),
  };
}

function deliveryOf(state: Commitment, reader: Reader) {
  const { claims, keys, criteria } = state.delivery;
  const evidence = state.delivery.evidence.filter((each) => maySee(reader, each.confidentiality ?? 'public'));
  const shown = new Set(evidence.map(({ id }) => id));
  const claimDigest = claimDigestOf(state, digestOf);
  const turned = keysTurned(state);
  return {
    evidence,
    claims: claims.map((claim) => ({
      party: claim.party,
      evidence: claim.evidence.filter((id) => shown.has(id)),
    })),
    ...(claimDigest && { claimDigest }),
    keysNeeded: keyHolders(state),
    keysTurned: turned,
    /** Parties whose key went stale because claims or evidence have changed since. */
    keysStale: staleParties(keys, turned),
    criteria,
    partly: isPartlyDelivered(state),
  };
}

function unanswered({ state, reached }: CommitmentDocument, dialogue: Dialogue, today: Day) {
  const claimedOn = state.status === 'delivery-claimed' ? reached['delivery-claimed'] : undefined;
  const days = claimedOn && unansweredForDays(dialogue, claimedOn, today);
  return days ? { unansweredForDays: days } : {};
}

function staleParties(keys: readonly Key[], turned: readonly string[]): string[] {
  return [...new Set(keys.map(({ party }) => party))].filter((party) => !turned.includes(party));
}

/** Where the commitment stands in time. What is claimed or ended has no deadline that could still pass. */
function timelinessOnDay(state: Commitment, zones: readonly string[], today: Day) {
  const end = deadlineOf(state.due.current);
  if (!unclaimedStatuses.includes(state.status)) return undefined;
  return {
    is: timelinessOn(end, today),
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
