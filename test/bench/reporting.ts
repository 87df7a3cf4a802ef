import type { CommitmentCircumstances } from '../../src/domain/commitment/circumstances.js';
import type { CommitmentCommand } from '../../src/domain/commitment/commands.js';
import { commitment } from '../../src/domain/commitment/commitment.js';
import type { Circumstance } from '../../src/domain/event.js';
import { digestOf } from '../../src/event-store/entry.js';
import type { Decided, DeciderRunner } from '../../src/event-store/run-decider.js';
import { circumstance, parties, report } from './record.js';

/** The command that is asked most often: a side reports on its own share. */
export const reportProgress = {
  type: 'ReportProgress',
  data: report().data,
} as CommitmentCommand;

/** What a decision on it knows besides the stream. */
export function around({ actor }: Circumstance): CommitmentCircumstances {
  return {
    actor,
    now: new Date().toISOString(),
    parties,
    sources: undefined,
    reason: undefined,
    jointSource: false,
    digestOf,
  };
}

/** Lets our runner load the commitment, decide and append. */
export function runReport(runner: DeciderRunner, log: string, id: string): Promise<Decided> {
  const said = circumstance();
  return runner.run(commitment, {
    log,
    id,
    command: reportProgress,
    around: around(said),
    circumstance: said,
    isNew: true,
    reader: said.actor,
  });
}
