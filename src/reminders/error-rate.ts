/** Counts errors within a second, by the clock of this process. */
export class ErrorRate {
  private since = 0;
  private count = 0;

  constructor(private readonly most: number) {}

  /** One more; true when that makes too many of them. */
  isTooMuch(now = Date.now()): boolean {
    if (now - this.since >= 1000) {
      this.since = now;
      this.count = 0;
    }
    return ++this.count > this.most;
  }
}

/** Lets one line through per interval, and says how many it has kept back. */
export class RareReport {
  private reportedAt = -Infinity;
  private keptBack = 0;

  constructor(
    private readonly report: (trouble: string) => void,
    private readonly everyMs: number,
  ) {}

  say(trouble: string): void {
    if (Date.now() - this.reportedAt < this.everyMs) {
      this.keptBack++;
      return;
    }
    this.report(this.keptBack > 0 ? `${trouble} (and ${this.keptBack} like it before)` : trouble);
    this.reportedAt = Date.now();
    this.keptBack = 0;
  }
}
