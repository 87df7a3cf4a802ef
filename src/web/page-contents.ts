import { REGISTRY } from '../commands/asked.js';
import type { Reader } from '../domain/confidentiality.js';
import type { Dialogue } from '../domain/dialogue.js';
import { NotFound } from '../domain/refusal.js';
import type { PactaEvent } from '../domain/vocabulary.js';
import type { Database } from '../event-store/database.js';
import { knownOr404 } from '../http/known-dialogue.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import {
  commitmentAnswer,
  commitmentAnswers,
  predecessorAnswers,
} from '../read-models/commitment-answers.js';
import type { OrganisationDocument } from '../read-models/documents/organisation-document.js';
import type { RoundDocument } from '../read-models/documents/round-document.js';
import type { RegisteredSource } from '../read-models/documents/source-document.js';
import { commitmentEvents } from '../read-models/history-answers.js';
import { listed, listedFor } from '../read-models/record-answers.js';
import type { Todays } from '../read-models/standing-today.js';
import { type DialogueStatus, dialogueStatus, knownDialogues } from '../read-models/status-answers.js';
import type { ListFilter } from './addresses.js';

/** Commitments on one page of a list. */
const PAGE_SIZE = 100;

export interface DialogueShown {
  readonly announcement: Dialogue;
  readonly status: DialogueStatus;
  readonly rounds: readonly RoundDocument[];
}

export interface ListShown {
  readonly announcement: Dialogue;
  readonly status: DialogueStatus;
  readonly filter: ListFilter;
  readonly commitments: readonly CommitmentAnswer[];
  /** Id after which the next page starts, where there is one. */
  readonly next?: string | undefined;
}

export interface CommitmentShown {
  readonly announcement: Dialogue;
  readonly todays: Todays;
  readonly focusAreas: DialogueStatus['focusAreas'];
  readonly commitment: CommitmentAnswer;
  /** Those that took its place, as far as the reader may know of them. */
  readonly successors: readonly CommitmentAnswer[];
  /** Those whose place it took, as far as the reader may know of them. */
  readonly predecessors: readonly CommitmentAnswer[];
  readonly events: readonly PactaEvent[];
  readonly sources: readonly RegisteredSource[];
  readonly organisations: readonly OrganisationDocument[];
}

/** Every dialogue; those that never happened stand after the others. */
export async function dialoguesShown(db: Database, now: string, reader: Reader): Promise<DialogueShown[]> {
  const known = await knownDialogues(db, now, reader);
  const shown = await Promise.all(
    known.map(async (each) => ({
      announcement: each.announcement,
      status: await dialogueStatus(db, each),
      rounds: await listedFor(db, each, 'round'),
    })),
  );
  return shown.toSorted((a, b) => Number(a.announcement.invented) - Number(b.announcement.invented));
}

/** The commitments that a filter finds. Throws {@link NotFound}. */
export async function listShown(
  db: Database,
  slug: string,
  filter: ListFilter,
  now: string,
  reader: Reader,
): Promise<ListShown> {
  const known = await knownOr404(db, slug, now, reader);
  const status = await dialogueStatus(db, known);
  if (filter.focusArea && !status.focusAreas.some(({ code }) => code === filter.focusArea)) {
    throw new NotFound('no-such-focus-area', `There is no focus area ${filter.focusArea} in this dialogue.`);
  }
  const found = await commitmentAnswers(db, known, { ...filter, limit: PAGE_SIZE + 1 });
  const commitments = found.slice(0, PAGE_SIZE);
  const next = found.length > PAGE_SIZE ? commitments.at(-1)!.id : undefined;
  return { announcement: known.announcement, status, filter, commitments, next };
}

/** One commitment with all that is on record about it. Throws {@link NotFound}. */
export async function commitmentShown(
  db: Database,
  slug: string,
  id: string,
  now: string,
  reader: Reader,
): Promise<CommitmentShown> {
  const known = await knownOr404(db, slug, now, reader);
  const commitment = await commitmentAnswer(db, known, id);
  if (!commitment) {
    throw new NotFound('no-such-commitment', `There is no commitment ${id} in this dialogue.`);
  }
  const [{ focusAreas }, successors, predecessors, events, sources, organisations] = await Promise.all([
    dialogueStatus(db, known),
    Promise.all(commitment.successors.map((each) => commitmentAnswer(db, known, each))),
    predecessorAnswers(db, known, id),
    commitmentEvents(db, known, id),
    listed(db, slug, 'source-document'),
    listed(db, REGISTRY, 'organisation'),
  ]);
  const { announcement, todays } = known;
  return {
    announcement,
    todays,
    focusAreas,
    commitment,
    successors: successors.filter((each) => each !== undefined),
    predecessors,
    events,
    sources,
    organisations,
  };
}
