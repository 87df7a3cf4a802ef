interface Waiter {
  readonly log: string;
  readonly position: number;
  readonly settle: (arrived: boolean) => void;
}

/** Where a subscriber has got to in each log, as far as is known here, and who waits for it to get further. */
export class Arrivals {
  private readonly reached = new Map<string, number>();
  private readonly setAside = new Set<string>();
  private readonly waiters = new Set<Waiter>();

  /** Logs that someone waits for. */
  get awaited(): readonly string[] {
    return [...new Set(Array.from(this.waiters, ({ log }) => log))];
  }

  hasReached(log: string, position: number): boolean {
    return (this.reached.get(log) ?? 0) >= position;
  }

  /** True of a log that is parked, or that is long and new to the subscriber: nobody waits for it there. */
  isSetAside(log: string): boolean {
    return this.setAside.has(log);
  }

  /**
   * Resolves with true once the subscriber has handled `log` up to `position`; with false after `timeout`
   * milliseconds, or as soon as it is known to be set aside.
   */
  waitFor(log: string, position: number, timeout: number): Promise<boolean> {
    if (this.hasReached(log, position)) return Promise.resolve(true);
    if (this.isSetAside(log)) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiter.settle(false), timeout);
      const waiter: Waiter = {
        log,
        position,
        settle: (arrived) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve(arrived);
        },
      };
      this.waiters.add(waiter);
    });
  }

  /** The subscriber has got to `position`; `setAside` where nobody is to wait for it to get any further. */
  arrive(log: string, position: number, setAside: boolean): void {
    this.reached.set(log, Math.max(position, this.reached.get(log) ?? 0));
    if (setAside) this.setAside.add(log);
    else this.setAside.delete(log);
    for (const waiter of this.waiters) {
      if (waiter.log !== log) continue;
      if (this.hasReached(log, waiter.position)) waiter.settle(true);
      else if (setAside) waiter.settle(false);
    }
  }
}
