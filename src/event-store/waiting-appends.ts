import type { Append, Appended } from './append.js';
import { StorageUnavailable } from './storage-failure.js';

/** An append whose caller waits for the answer. */
export interface Waiting extends Append {
  readonly turn: number;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

/** What is written in one statement at most; a single append may be more. */
const MAX_BATCH = { events: 1000, characters: 4_000_000 };

/** What may wait; above it callers are told to come back, before memory grows. */
const MAX_WAITING = { appendsPerLog: 10_000, characters: 64_000_000 };

/** Batches of one log that are written at the same time: while one is committed the next is prepared and sent. */
const MAX_UNDER_WAY = 2;

/** Events from which on what waits is better written in two batches that overlap than in one. */
const WORTH_HALVING = 64;

/** Appends that are written together. */
export interface Batch {
  readonly log: string;
  readonly appends: readonly Waiting[];
}

/** What waits for one log, and what of it is being written. */
interface Line {
  readonly log: string;
  appends: Waiting[];
  underWay: readonly Batch[];
}

/** Appends in line for their logs. Logs take turns. */
export class WaitingAppends {
  private readonly lines = new Map<string, Line>();
  /** Lines in which anyone waits, the one whose turn is next first. */
  private waiting: Line[] = [];
  private characters = 0;

  /** How many appends are in line for each log that has any. */
  get counts(): ReadonlyMap<string, number> {
    return new Map(this.waiting.map(({ log, appends }) => [log, appends.length]));
  }

  /** Puts an append in line where its turn is. Throws {@link StorageUnavailable} when too much is waiting. */
  add(log: string, append: Waiting): void {
    const line = this.lineOf(log);
    const { appends } = line;
    const characters = charactersOf(append);
    if (
      appends.length >= MAX_WAITING.appendsPerLog ||
      this.characters + characters > MAX_WAITING.characters
    ) {
      throw new StorageUnavailable('Too many changes are waiting; nothing was written, try again shortly.');
    }
    this.characters += characters;
    if (appends.length === 0) this.waiting.push(line);
    let place = appends.length;
    while (place > 0 && appends[place - 1]!.turn > append.turn) place--;
    appends.splice(place, 0, append);
  }

  /** The next batch of the log whose turn it is; undefined when there is nothing to write now. */
  take(): Batch | undefined {
    for (const line of this.waiting) {
      const { log, appends, underWay } = line;
      const events = appends.reduce((sum, { entries }) => sum + entries.length, 0);
      if (underWay.length >= MAX_UNDER_WAY || (underWay.length > 0 && events < WORTH_HALVING / 2)) continue;
      const isHalved = underWay.length === 0 && events >= WORTH_HALVING;
      const most = isHalved ? Math.ceil(appends.length / 2) : Infinity;
      const { taken, left } = divided(
        appends,
        underWay.flatMap((batch) => batch.appends),
        most,
      );
      if (taken.length === 0) continue;
      const batch = { log, appends: taken };
      line.underWay = [...underWay, batch];
      line.appends = left;
      // What is left goes to the end of the line of logs.
      this.waiting = [...this.waiting.filter((each) => each !== line), line].filter(isAwaited);
      this.characters -= taken.reduce((sum, each) => sum + charactersOf(each), 0);
      return batch;
    }
    return undefined;
  }

  /** Takes those out of the line that can no longer be written, since their streams are at other versions now; returns them. */
  takeOutdated(log: string, versions: ReadonlyMap<string, number>): Waiting[] {
    const line = this.lineOf(log);
    const outdated: Waiting[] = [];
    const left: Waiting[] = [];
    for (const each of line.appends) {
      const isOutdated = each.expectedVersion < (versions.get(each.stream) ?? 0);
      (isOutdated ? outdated : left).push(each);
    }
    if (outdated.length === 0) return outdated;
    line.appends = left;
    this.waiting = this.waiting.filter(isAwaited);
    this.characters -= outdated.reduce((sum, each) => sum + charactersOf(each), 0);
    return outdated;
  }

  /** The batch has been dealt with. */
  done(batch: Batch): void {
    const line = this.lineOf(batch.log);
    line.underWay = line.underWay.filter((each) => each !== batch);
  }

  private lineOf(log: string): Line {
    const line = this.lines.get(log) ?? { log, appends: [], underWay: [] };
    this.lines.set(log, line);
    return line;
  }
}

function isAwaited({ appends }: Line): boolean {
  return appends.length > 0;
}

function charactersOf({ entries }: Append): number {
  return entries.reduce((sum, { text }) => sum + text.length, 0);
}

/**
 * Takes appends in order, a stream at most once, and none beside one that it rests on, `underWay` or taken: a second
 * one depends on the first one's outcome.
 */
function divided(
  queue: readonly Waiting[],
  underWay: readonly Waiting[],
  most: number,
): { taken: Waiting[]; left: Waiting[] } {
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  const written = new Set<string>();
  const restedOn = new Set<string>();
  const occupy = ({ stream, restsOn = [] }: Waiting) => {
    written.add(stream);
    for (const each of restsOn) restedOn.add(each.stream);
  };
  underWay.forEach(occupy);
  const size = { events: 0, characters: 0 };
  for (const each of queue) {
    const events = size.events + each.entries.length;
    const characters = size.characters + charactersOf(each);
    const fits =
      taken.length === 0 ||
      (taken.length < most && events <= MAX_BATCH.events && characters <= MAX_BATCH.characters);
    const depends =
      written.has(each.stream) ||
      restedOn.has(each.stream) ||
      each.restsOn?.some(({ stream }) => written.has(stream));
    // One that is left is not overtaken by those who depend on it: under load they would keep it waiting for ever.
    occupy(each);
    if (!fits || depends) {
      left.push(each);
      continue;
    }
    taken.push(each);
    Object.assign(size, { events, characters });
  }
  return { taken, left };
}
