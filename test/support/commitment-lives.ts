import { randomUUID } from 'node:crypto';
import type { CommitmentEvent } from '../../src/domain/commitment/events.js';
import type { Append, Appender } from '../../src/event-store/append.js';
import type { Database } from '../../src/event-store/database.js';
import { seal } from '../../src/event-store/entry.js';
import { logsBehind, step } from '../../src/event-store/subscription.js';
import type { ReadModel } from '../../src/read-models/projection.js';
import { jointProposal, proposed, submitted } from '../unit/commitments.js';

/** One event of a commitment. */
function told(log: string, id: string, version: number, fact: CommitmentEvent): Append {
  const entry = seal({
    ...fact,
    id: randomUUID(),
    log,
    stream: `commitment-${id}`,
    version,
    schemaVersion: 1,
    actor: { id: 'key-in', role: 'desk-officer', party: 'IN' },
    occurredOn: `2026-0${1 + (version % 9)}-11`,
    causationId: randomUUID(),
    correlationId: 'test',
    confidentiality: 'public',
    vocabularyVersion: 1,
  });
  return { stream: entry.stream, expectedVersion: version - 1, entries: [entry] };
}

/** The life of a commitment, event by event. */
function factOf(version: number): CommitmentEvent {
  if (version === 1) return proposed(jointProposal);
  if (version === 2) return { type: 'CommitmentAgreed', data: { basis: 'joint-document' } };
  if (version % 3 === 0) return submitted('JP', `E-${version}`);
  return {
    type: 'ProgressReported',
    data: { party: 'IN', health: version % 2 ? 'on-track' : 'at-risk', text: { en: `進捗 ${version}` } },
  };
}

/** Events of some commitments of a log, all of one version before any of the next. */
export interface Lives {
  readonly log: string;
  readonly commitments: number;
  readonly from: number;
  readonly to: number;
}

/** Puts the events from one version of each commitment to another on record. */
export async function recordLives(appender: Appender, { log, commitments, from, to }: Lives): Promise<void> {
  for (let version = from; version <= to; version++) {
    const ids = Array.from({ length: commitments }, (_, index) => `C-${index}`);
    await Promise.all(ids.map((id) => appender.append(log, told(log, id, version, factOf(version)))));
  }
}

/** Lets views follow every log to its end, in batches that end anywhere. */
export async function followAll(db: Database, followed: readonly ReadModel[]): Promise<void> {
  for (const model of followed) {
    for (const log of await logsBehind(db, model.name)) {
      while ((await step(db, model, log, 7)).outcome === 'moved');
    }
  }
}
