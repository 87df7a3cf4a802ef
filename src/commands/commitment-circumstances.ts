import { windowOf } from '../domain/calendar.js';
import type { CommitmentCircumstances, OtherCommitment } from '../domain/commitment/circumstances.js';
import type { CommitmentCommand } from '../domain/commitment/commands.js';
import { commitment } from '../domain/commitment/commitment.js';
import { nextRoundFor } from '../domain/commitment/next-round.js';
import { round } from '../domain/round.js';
import { sourceDocument, speaksForAll } from '../domain/source-document.js';
import { otherCommitmentsNamed } from './commitment-references.js';
import type { Asked } from './asked.js';
import type { Decision } from './decision.js';

type Found = Pick<CommitmentCircumstances, 'jointSource' | 'others' | 'nextRound' | 'close'>;

/** What a decision about a commitment looks up in other streams of its dialogue. */
export async function lookUp(decision: Decision, asked: Asked<CommitmentCommand>): Promise<Found> {
  return {
    jointSource: await citesJointDocument(decision, asked),
    others: await others(decision, asked),
    nextRound: await nextRound(decision, asked),
    close: await close(decision, asked),
  };
}

/** One of the sources cited speaks for every party, in the mouth of whoever asks. */
export async function citesJointDocument(
  decision: Decision,
  { log, said, actor }: Asked<unknown>,
): Promise<boolean> {
  for (const { document } of said.sources ?? []) {
    const source = await decision.load(sourceDocument, log, document);
    if (speaksForAll(source, actor)) return true;
  }
  return false;
}

/** The commitments that are to succeed this one, each with all that it leads to. */
async function others(
  decision: Decision,
  { log, command }: Asked<CommitmentCommand>,
): Promise<Found['others']> {
  const found = new Map<string, OtherCommitment>();
  for (const id of otherCommitmentsNamed(command)) {
    const state = await decision.load(commitment, log, id);
    if (state) found.set(id, { status: state.status, successors: await successors(decision, log, id) });
  }
  return found;
}

async function successors(
  decision: Decision,
  log: string,
  id: string,
  seen = new Set<string>(),
): Promise<string[]> {
  const state = await decision.load(commitment, log, id);
  for (const next of state?.successors ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    await successors(decision, log, next, seen);
  }
  return [...seen];
}

async function nextRound(
  decision: Decision,
  { log, id, command }: Asked<CommitmentCommand>,
): Promise<Found['nextRound']> {
  if (command.type !== 'ResolveDueDate') return undefined;
  const state = await decision.load(commitment, log, id);
  if (!state) return undefined;
  const { states } = await decision.all(round, log);
  const rounds = [...states.values()].flatMap((each) =>
    each.status === 'unknown' ? [] : { ...each, startsOn: each.heldOn ?? windowOf(each.plannedFor).start },
  );
  return nextRoundFor(state, rounds);
}

async function close(
  decision: Decision,
  { log, command }: Asked<CommitmentCommand>,
): Promise<Found['close']> {
  if (command.type !== 'CarryOverCommitment' && command.type !== 'LapseCommitment') return undefined;
  const state = await decision.load(round, log, command.data.round);
  return state.status === 'unknown' ? undefined : state.close;
}
