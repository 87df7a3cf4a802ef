import { type Model, answersFor, makeStale, sidesOf, type Status } from './model.js';
import type { Level, Party, Person, Role } from './people.js';

/** Why a command is refused: the status and the problem type of the answer. */
export type Ground = readonly [status: 400 | 403 | 404 | 409, code: string];

/** An event that a command leads to; a level is named where fewer may read it than the commitment. */
/** A ground where it holds; what is falsy stands in nobody's way. */
export type Perhaps = Ground | false | '' | undefined;

export type Happened = string | { readonly type: string; readonly level: Level };

/** A command as one person asks for it at one moment, and what the rules say about that. */
export interface Plan {
  readonly body: Readonly<Record<string, unknown>>;
  /** Something that is named is not there: found before anything else about the commitment is. */
  readonly missing?: Perhaps;
  /** Everything that stands in the way; the answer names one of them. */
  readonly refused: readonly Perhaps[];
  /** Brings the model up to what is so afterwards. */
  readonly follows: (model: Model) => readonly Happened[];
}

export interface Rule {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly by: readonly Role[];
  /** States in which it can be asked for (domain.md 6.4). */
  readonly in: readonly Status[];
  readonly plan: (model: Model, who: Person, draw: Draw) => Plan;
  /** How often it is drawn, 3 when absent. */
  readonly weight?: number;
}

/** Choices out of numbers that fast-check has drawn, always in the same order. */
export class Draw {
  private next = 0;
  constructor(private readonly numbers: readonly number[]) {}

  of<T>(...choices: readonly T[]): T {
    return choices[this.number() % choices.length]!;
  }

  /** True so many times in a hundred. */
  chance(percent: number): boolean {
    return this.number() % 100 < percent;
  }

  private number(): number {
    return this.numbers[this.next++ % this.numbers.length]!;
  }
}

/** Mostly the person's own party. */
export function partyFor(model: Model, who: Person, draw: Draw): Party {
  return draw.chance(90) && who.party ? who.party : draw.of<Party>(...sidesOf(model), 'AU');
}

/** A reason, mostly. */
export function reasonOf(draw: Draw): { readonly reason?: string } {
  return draw.chance(90) ? { reason: 'As the sides have said.' } : {};
}

export function noReason({ reason }: { readonly reason?: string }): Perhaps {
  return reason === undefined && [400, 'reason-missing'];
}

/** Where it is said: nowhere, in one side's readout, or in minutes of all sides. */
export function citing(draw: Draw, joint = 35) {
  const document = draw.chance(joint) ? 'minutes' : draw.of('readout', undefined);
  return document ? { sources: [{ document }] } : {};
}

type Cited = ReturnType<typeof citing>;

export function isJoint({ sources }: Cited): boolean {
  return sources?.some(({ document }) => document === 'minutes') ?? false;
}

export function notSpeaking(who: Person, party: Party): Perhaps {
  return who.party !== party && [403, 'not-your-party'];
}

/** Why `who` cannot state something about the share of `party`. */
export function notAnswering(model: Model, who: Person, party: Party): readonly Perhaps[] {
  return [...notDeciding(model, who, party), !answersFor(model, who, party) && [403, 'not-your-undertaking']];
}

/** Why `who` cannot decide something about the share of `party`. */
export function notDeciding({ shape }: Model, who: Person, party: Party): readonly Perhaps[] {
  return [!shape.responsible.includes(party) && [409, 'not-responsible'], notSpeaking(who, party)];
}

/** Why `who` cannot speak for `party` as one of the sides. */
export function notASide(model: Model, who: Person, party: Party): readonly Perhaps[] {
  return [!sidesOf(model).includes(party) && [409, 'not-concerned'], notSpeaking(who, party)];
}

/** A decision that takes a joint document or the word of each side (domain.md 6.4 and 6.5). */
export function jointly(
  model: Model,
  who: Person,
  said: Cited,
  decision: string,
  terms: object,
): { readonly refused: Plan['refused']; readonly decide: (model: Model) => 'proposed' | 'decided' | 'said' } {
  const spelled = JSON.stringify([decision, terms]);
  const before = model.proposals.find((each) => each.terms === spelled)?.by ?? [];
  const { party } = who;
  const speaks = party !== undefined && sidesOf(model).includes(party);
  return {
    refused: isJoint(said)
      ? []
      : [!speaks && [403, 'takes-every-side'], party && before.includes(party) && [409, 'already-proposed']],
    decide(now) {
      const others = now.proposals.filter((each) => each.decision !== decision);
      if (isJoint(said)) {
        now.proposals = others;
        return 'said';
      }
      const by = [...before, party!];
      if (sidesOf(now).every((side) => by.includes(side))) {
        now.proposals = others;
        return 'decided';
      }
      now.proposals = [
        ...now.proposals.filter((each) => each.terms !== spelled),
        { decision, terms: spelled, by },
      ];
      return 'proposed';
    },
  };
}

/** The events of a joint decision, once `then` has taken place. */
export function decidedBy(how: 'proposed' | 'decided' | 'said', then: () => readonly string[]): string[] {
  if (how === 'proposed') return ['JointDecisionProposed'];
  return [...(how === 'decided' ? ['JointDecisionProposed'] : []), ...then()];
}

/** Other words than before stand there now. */
export function reworded(model: Model, who: Person): void {
  model.textBy = who.name;
  makeStale(model.textKeys);
  for (const translation of Object.values(model.translations)) translation.outdated = true;
}
