import { LRUCache } from 'lru-cache';
import type { Database } from '../event-store/database.js';
import { type DialogueStatus, dialogueStatus, type KnownDialogue, statusVersion } from './status-answers.js';

/** How long an answer is given again, in milliseconds: a database restored underneath shows soon, also where it has the same tags. */
const KEPT_FOR = 5000;

/**
 * Statuses as they were counted a moment ago. What the entity tag of one names never changes, so that many who poll
 * cost no more than one, however long the list of commitments.
 */
export class RecentStatuses {
  private readonly answers = new LRUCache<string, Promise<DialogueStatus>>({ max: 500, ttl: KEPT_FOR });

  constructor(private readonly db: Database) {}

  /** See {@link dialogueStatus}. */
  of(known: KnownDialogue): Promise<DialogueStatus> {
    const { announcement, reader } = known;
    const key = JSON.stringify([announcement.slug, statusVersion(known), reader]);
    const kept = this.answers.get(key);
    if (kept) return kept;
    const answer = dialogueStatus(this.db, known);
    this.answers.set(key, answer);
    answer.catch(() => this.answers.delete(key));
    return answer;
  }
}
