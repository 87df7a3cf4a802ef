/** A member of an object: its name as the object has it, and as it stands in a text. */
export interface Member {
  readonly name: string;
  readonly written: string;
}

/** The names that objects were met with, one after the other, and the order that their members are written in. */
interface Names {
  readonly next: Map<string, Names>;
  members?: readonly Member[];
}

/** What is remembered at most, in steps from name to name: many times what the record has, whatever else comes in. */
const MAX_STEPS = 10_000;
const MAX_NAME_LENGTH = 64;

/**
 * The order in which objects' members are written. Nearly every object has the names of an earlier one, in the same order: to
 * sort them and write them each time takes as long as all the rest of a text.
 */
export class MemberOrder {
  private known: Names = { next: new Map() };
  private steps = 0;

  /** @param sorted puts names in order and writes them; always the same for the same names. */
  constructor(private readonly sorted: (names: readonly string[]) => readonly Member[]) {}

  /** The members of an object that has these names in this order. */
  of(names: readonly string[]): readonly Member[] {
    let at = this.known;
    for (const name of names) {
      const next = at.next.get(name) ?? this.step(at, name);
      if (!next) return this.sorted(names);
      at = next;
    }
    return (at.members ??= this.sorted(names));
  }

  private step(from: Names, name: string): Names | undefined {
    if (name.length > MAX_NAME_LENGTH) return undefined;
    if (this.steps++ >= MAX_STEPS) this.forget();
    const next: Names = { next: new Map() };
    from.next.set(name, next);
    return next;
  }

  /** What is in use will be learned again at once. */
  private forget(): void {
    this.known = { next: new Map() };
    this.steps = 0;
  }
}
