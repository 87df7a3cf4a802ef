import { seal } from '../../src/event-store/entry.js';
import { life, LIVES, type Lived } from './lives.js';
import type { PactaLog } from './pacta-log.js';
import { circumstance, entryOf, groundwork, quoting } from './record.js';

/** How much is put on record. */
export interface SeedPlan {
  readonly dialogues: number;
  /** In each dialogue. */
  readonly commitments: number;
  /** Of each commitment. */
  readonly events: number;
}

/** The largest log that the benchmark speaks of has this many commitments in each dialogue, each with so many events. */
const COMMITMENTS = 500;
const EVENTS = 100;

/** A record of about so many events: smaller ones have fewer dialogues, and the smallest a smaller one. */
export function seedPlan(events: number): SeedPlan {
  const commitments = Math.max(1, Math.round(events / EVENTS));
  return {
    dialogues: Math.max(1, Math.round(commitments / COMMITMENTS)),
    commitments: Math.min(COMMITMENTS, commitments),
    events: EVENTS,
  };
}

/** Name of a dialogue's log, from 0. */
export function dialogueOf(index: number): string {
  return `rivers-${index}`;
}

/** Id of a commitment in any of the dialogues, from 0. */
export function commitmentOf(index: number): string {
  return `NAV-${index}`;
}

/** Id of one that Aldovia alone undertakes, as every third does; they take turns. */
export function aldovias(count: number, commitments: number): string {
  return commitmentOf((count % Math.ceil(commitments / 3)) * 3);
}

/** Events of one stream that are appended together; streams take turns, as they do in life. */
const AT_ONCE = 5;

/** Fills the dialogues with lives of commitments, through the log's own appends. Returns the number of events. */
export async function seed({ appender }: Pick<PactaLog, 'appender'>, plan: SeedPlan): Promise<number> {
  const lives = Array.from({ length: LIVES }, (_, kind) => life(kind, plan.events));
  let written = 0;
  let underWay: Promise<unknown> = Promise.resolve();
  for (let dialogue = 0; dialogue < plan.dialogues; dialogue++) {
    const log = dialogueOf(dialogue);
    for (const [stream, fact] of groundwork(log)) {
      const entries = [seal(entryOf(log, stream, 1, fact, circumstance()))];
      await appender.append(log, { stream, expectedVersion: 0, entries });
      written++;
    }
    for (let after = 0; after < plan.events; after += AT_ONCE) {
      const wave = Array.from({ length: plan.commitments }, (_, index) => {
        const id = commitmentOf(index);
        const lived = lives[index % lives.length]!.slice(after, after + AT_ONCE);
        return { stream: `commitment-${id}`, expectedVersion: after, entries: sealed(log, id, after, lived) };
      });
      // While these are being written the next ones are being made.
      await underWay;
      underWay = Promise.all(wave.map((each) => appender.append(log, each)));
      written += wave.reduce((sum, { entries }) => sum + entries.length, 0);
    }
  }
  await underWay;
  return written;
}

function sealed(log: string, id: string, after: number, lived: readonly Lived[]) {
  return lived.map(({ fact, actor, occurredOn }, index) => {
    const own = fact.type === 'CommitmentProposed' ? { ...fact, data: { ...fact.data, id } } : fact;
    const around = circumstance({ actor, occurredOn, ...(fact === own ? {} : quoting) });
    return seal(entryOf(log, `commitment-${id}`, after + index + 1, own, around));
  });
}
