/** Someone who waits for a subscriber to get to a position of a log. */
export interface Waiter {
  readonly log: string;
  readonly position: number;
  /** Told once: true when the subscriber is there; false when the log is set aside, so that nobody waits for it. */
  settle(arrived: boolean): void;
}

/** Where a subscriber has got to in each log, as far as is known here, and who waits for it to get further. */
export class Arrivals {
  private reached = new Map<string, number>();
  private readonly setAside = new Set<string>();
  private waiters: Waiter[] = [];

  /** Logs that someone waits for. */
  get awaited(): readonly string[] {
    return [...new Set(this.waiters.map(({ log }) => log))];
  }

  /** Position that it has got to; 0 where it has not begun. */
  reachedIn(log: string): number {
    return this.reached.get(log) ?? 0;
  }

  /** It may not be any more where it was. */
  forgetAll(): void {
    this.reached = new Map();
  }

  hasReached(log: string, position: number): boolean {
    return this.reachedIn(log) >= position;
  }

  /** True of a log that is parked, or that is long and new to the subscriber: nobody waits for it there. */
  isSetAside(log: string): boolean {
    return this.setAside.has(log);
  }

  /** Puts someone in line, or settles them at once. */
  add(waiter: Waiter): void {
    if (!this.settles(waiter)) this.waiters.push(waiter);
  }

  /** They do not wait any longer. */
  remove(waiter: Waiter): void {
    this.waiters = this.waiters.filter((each) => each !== waiter);
  }

  /** The subscriber has got to `position`; `setAside` where nobody is to wait for it to get any further. */
  arrive(log: string, position: number, setAside: boolean): void {
    this.reached.set(log, Math.max(position, this.reachedIn(log)));
    if (setAside) this.setAside.add(log);
    else this.setAside.delete(log);
    const { waiters } = this;
    this.waiters = [];
    for (const waiter of waiters) if (waiter.log !== log || !this.settles(waiter)) this.waiters.push(waiter);
  }

  /** Settles the waiter if there is anything to tell, and returns whether there was. */
  private settles(waiter: Waiter): boolean {
    const arrived = this.hasReached(waiter.log, waiter.position);
    if (!arrived && !this.isSetAside(waiter.log)) return false;
    waiter.settle(arrived);
    return true;
  }
}
