import type { Account } from './account.js';
import { askedIn } from './asked.js';

/** How much happened in a run, in numbers of commands: too little of it proves nothing. */
export interface Happened {
  readonly acknowledged: number;
  readonly ofSeveralEvents: number;
  readonly restingOnOthers: number;
  readonly wrongVersion: number;
  readonly outrun: number;
  readonly refusedByRule: number;
  readonly askedAgain: number;
  /** Told that it is not known what became of it, or not told at all since the process was killed. */
  readonly unknown: number;
  /** Of these, those that had been written all the same, and those that were written by asking again. */
  readonly writtenUnknown: number;
  readonly writtenByRepeat: number;
}

export function happened({ journal, events }: Account): Happened {
  const all = askedIn(journal);
  const writers = new Map(events.map(({ command, process }) => [command, process]));
  const acknowledged = all.filter((each) => each.acknowledged.length > 0);
  const unknown = all.filter((each) => each.unanswered > 0 || each.unknown.length > 0);
  const interrupted = acknowledged.filter((each) => each.unanswered > 0);
  const byFirst = interrupted.filter(({ command: { id } }) => id.startsWith(`${writers.get(id)}-`));
  const refused = (name: string) =>
    all.filter((each) => each.refused.some((why) => why.startsWith(name))).length;
  return {
    acknowledged: acknowledged.length,
    ofSeveralEvents: acknowledged.filter(({ command }) => command.count > 1).length,
    restingOnOthers: acknowledged.filter(({ command }) => command.restsOn).length,
    wrongVersion: refused('WrongVersion'),
    outrun: refused('Outrun'),
    refusedByRule: refused('Refusal'),
    askedAgain: acknowledged.filter((each) => each.acknowledged.length > 1).length,
    unknown: unknown.length,
    writtenUnknown: byFirst.length,
    writtenByRepeat: interrupted.length - byFirst.length,
  };
}
