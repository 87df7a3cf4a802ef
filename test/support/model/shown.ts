import type { CommitmentAnswer } from '../../../src/read-models/commitment-answer.js';
import { daysFrom, deadlineOf } from './due-dates.js';
import { fresh, keyHolders, type Model, open, stale, textConfirmedBy, unclaimed, wordsOf } from './model.js';
import { maySee, type Person } from './people.js';

/** What the service should say of the commitment to a reader, as the model has it. */
export function expected(model: Model, reader: Person | undefined) {
  const { criteria, ...words } = wordsOf(model, '2026-06-01');
  const [first, current] = [model.baseline && deadlineOf(model.baseline), deadlineOf(model.due)];
  const seen = model.evidence.filter(({ level }) => maySee(reader, level)).map(({ id }) => id);
  return {
    status: model.status,
    words,
    criteria,
    undertakings: model.shape.responsible.map((party) => [
      party,
      model.leads[party] ?? null,
      model.focalPoints[party] ?? null,
    ]),
    focusAreas: model.focusAreas.toSorted(),
    text: {
      agreedBy: model.agreedBy ?? null,
      confirmedBy: textConfirmedBy(model).toSorted(),
      confirmedBefore: [...new Set([...stale(model.textKeys), ...fresh(model.textKeys)])]
        .filter((party) => !textConfirmedBy(model).includes(party))
        .toSorted(),
      objectedToBy: model.objections.toSorted(),
      outdated: Object.fromEntries(
        Object.entries(model.translations).map(([language, { outdated }]) => [language, outdated]),
      ),
    },
    due: {
      window: model.due.window ?? null,
      baseline: model.baseline ? (model.baseline.window ?? 'none') : null,
      changes: model.dueChanges,
      extensions: model.dueChanges.filter((how) => how === 'extended').length,
      requestedBy: model.request?.party ?? null,
      grantedBy: model.request?.grantedBy ?? [],
      slipDays: first && current ? daysFrom(first, current) : null,
    },
    timeliness: unclaimed.includes(model.status) ? timelinessOf(model) : null,
    health: open.includes(model.status) ? healthOf(model) : null,
    delivery: {
      evidence: seen,
      claims: model.claims.map(({ party, evidence }) => [
        party,
        ...evidence.filter((id) => seen.includes(id)),
      ]),
      isClaimed: model.claims.length > 0,
      keysNeeded: keyHolders(model).toSorted(),
      keysTurned: fresh(model.deliveryKeys).toSorted(),
      keysStale: stale(model.deliveryKeys).toSorted(),
      judged: model.judged.map(({ party, criterion, is }) => `${party} ${criterion} ${is}`).toSorted(),
    },
    disputes: model.disputes.map(({ id, settled }) => [id, settled]),
    proposed: model.proposals.map(({ decision, by }) => [decision, ...by]),
    withdrawalAskedBy: model.withdrawalAskedBy,
    successors: model.successors,
    assessments: Object.keys(model.assessments).toSorted(),
    level: model.level,
    embargo: model.embargo ?? null,
    wishes: model.wishes.map(({ party, from }) => `${party} ${from ?? 'now'}`).toSorted(),
    version: model.events.filter(({ level }) => maySee(reader, level)).length,
  };
}

/** The same out of the answer of the service. */
export function actual(answer: CommitmentAnswer) {
  const { text, delivery, dueHistory } = answer;
  return {
    status: answer.status,
    words: { text: answer.text.words, titles: answer.titles, type: answer.type, strength: answer.strength },
    criteria: answer.criteria ?? [],
    undertakings: answer.undertakings.map((each) => [each.party, each.lead ?? null, each.focalPoint ?? null]),
    focusAreas: answer.focusAreas.toSorted(),
    text: {
      agreedBy: text.agreedBy ?? null,
      confirmedBy: text.confirmedBy.toSorted(),
      confirmedBefore: text.confirmedBefore.toSorted(),
      objectedToBy: text.objectedToBy.toSorted(),
      outdated: Object.fromEntries(text.translations.map((each) => [each.language, each.outdated])),
    },
    due: {
      window: answer.due.window ?? null,
      baseline: dueHistory.baseline ? (dueHistory.baseline.window ?? 'none') : null,
      changes: dueHistory.changes.map(({ how }) => how),
      extensions: dueHistory.extensions,
      requestedBy: dueHistory.requested?.party ?? null,
      grantedBy: dueHistory.requested?.grantedBy ?? [],
      slipDays: dueHistory.slipDays ?? null,
    },
    timeliness: answer.timeliness?.is ?? null,
    health: answer.health.is ?? null,
    delivery: {
      evidence: delivery.evidence.map(({ id }) => id),
      claims: delivery.claims.map(({ party, evidence }) => [party, ...evidence]),
      isClaimed: 'claimDigest' in delivery,
      keysNeeded: delivery.keysNeeded.toSorted(),
      keysTurned: delivery.keysTurned.toSorted(),
      keysStale: delivery.keysStale.toSorted(),
      judged: delivery.criteria.map(({ party, criterion, is }) => `${party} ${criterion} ${is}`).toSorted(),
    },
    disputes: answer.disputes.map(({ id, settled }) => [id, settled]),
    proposed: answer.proposed.map(({ decision, by }) => [decision, ...by]),
    withdrawalAskedBy: answer.withdrawalAskedBy,
    successors: answer.successors,
    assessments: answer.assessments.map(({ id }) => id).toSorted(),
    level: answer.confidentiality,
    embargo: answer.embargoUntil ?? null,
    wishes: (answer.publicationAskedBy ?? [])
      .map(({ party, from }) => `${party} ${from ?? 'now'}`)
      .toSorted(),
    version: answer.version,
  };
}

/** Computed, never stored (domain.md 6.5): dates of the test are long past or far away. */
export function timelinessOf({ due }: Model): string {
  const end = deadlineOf(due);
  if (!end) return 'no-calendar-date';
  return end < '2026' ? 'overdue' : 'not-due';
}

/** The gravest of what was reported lately; silence is not a judgement (domain.md 8). */
export function healthOf({ reports }: Model): string {
  const lately = Object.values(reports)
    .filter(({ on }) => on === 'today')
    .map(({ health }) => health);
  return ['off-track', 'at-risk', 'on-track'].find((each) => lately.includes(each)) ?? 'not-reported';
}
