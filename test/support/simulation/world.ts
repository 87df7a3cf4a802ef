import type { Dice } from '../../faults/dice.js';

/** A clock that moves only from one thing that happens to the next, so that a seed decides everything. */
export class World {
  /** Milliseconds since 1970. */
  now = Date.parse('2026-03-02T00:00:00Z');
  private readonly waiting: { readonly at: number; readonly order: number; readonly go: () => void }[] = [];
  private order = 0;

  /** Resolves when so much time has passed. */
  after(milliseconds: number): Promise<void> {
    return new Promise((go) => this.waiting.push({ at: this.now + milliseconds, order: this.order++, go }));
  }

  get instant(): string {
    return new Date(this.now).toISOString();
  }

  /** Lets things happen, one after the other, up to an instant or until nothing is left to happen. */
  async run(until: number): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      this.waiting.sort((one, other) => other.at - one.at || other.order - one.order);
      const next = this.waiting.at(-1);
      if (!next || next.at > until) break;
      this.waiting.pop();
      this.now = next.at;
      next.go();
    }
    this.now = Math.max(this.now, until);
  }
}

/** How likely trouble is, at each step of a process. */
export interface Troubles {
  readonly crash: number;
  /** It hangs for longer than a claim holds. */
  readonly hang: number;
}

/** A process: each of its steps takes a while, and any of them may be its last, before it has happened or after. */
export class Life {
  isOver = false;

  constructor(
    private readonly world: World,
    private readonly dice: Dice,
    private readonly troubles: () => Troubles,
  ) {}

  async step<Result>(happen: () => Result): Promise<Result> {
    await this.passes();
    const result = happen();
    await this.passes();
    return result;
  }

  private async passes(): Promise<void> {
    const { crash, hang } = this.troubles();
    await this.world.after(this.dice.chance(hang) ? 400_000 : this.dice.below(200));
    if (this.dice.chance(crash)) this.isOver = true;
    // Nobody hears of what a process does after its end.
    if (this.isOver) await new Promise(() => undefined);
  }
}
