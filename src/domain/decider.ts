import type { Actor } from './actor.js';

/**
 * The pure form of one kind of stream: fold what happened, then decide what happens next.
 *
 * `decide` throws a {@link Refusal} when a rule of the domain forbids the command; it never reads a clock
 * or any other outside fact: all of that arrives as `circumstances`.
 */
export interface Decider<State, Command, Event, Around extends Circumstances = Circumstances> {
  /** Prefix of the stream's id, equal to the name of the file that holds the decider. */
  readonly kind: string;
  readonly initial: State;
  evolve(state: State, event: Event): State;
  /** Throws NotFound, before anything is told of the stream, for an actor who may not know that it exists. */
  mustBeSeen?(state: State, command: Command, circumstances: Around): void;
  decide(state: State, command: Command, circumstances: Around): Event[];
}

/** What a decision may know besides the stream's own history. */
export interface Circumstances {
  readonly actor: Actor;
  /** The instant of asking, ISO 8601 in UTC; handed in so that the domain never reads a clock. */
  readonly now: string;
}

/** The state that `events` lead to, from the beginning or from the state before them. */
export function fold<State, Event>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: readonly Event[],
  before = decider.initial,
): State {
  let state = before;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
