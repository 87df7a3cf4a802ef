import type { Actor } from '../../src/domain/actor.js';
import { type Circumstances, type Decider, fold } from '../../src/domain/decider.js';
import { Refusal } from '../../src/domain/refusal.js';

/** The kind of a refusal, which decides how a caller is answered. */
type RefusalKind = new (code: string, text: string, field?: string) => Refusal;

/** What a decision came to: the facts that follow, or the refusal. */
class Outcome<Event> {
  constructor(
    readonly events: readonly Event[] | undefined,
    readonly refusal: Refusal | undefined,
  ) {}

  /** Exactly these facts follow. */
  happens(...events: Event[]): void {
    expect(this.refusal ?? this.events).toEqual(events);
  }

  nothingHappens(): void {
    expect(this.refusal ?? this.events).toEqual([]);
  }

  /** A rule says no with this code; `at` is the pointer to the field at fault. */
  isRefused(code: string, { as = Refusal, at }: { as?: RefusalKind; at?: string } = {}): void {
    expect({ events: this.events, code: this.refusal?.code, at: this.refusal?.field }).toEqual({
      events: undefined,
      code,
      at,
    });
    expect(this.refusal).toBeInstanceOf(as);
  }
}

/** A stream with a history, about to be asked for something. */
export function given<State, Command, Event, Around extends Circumstances>(
  decider: Decider<State, Command, Event, Around>,
  ...history: Event[]
) {
  return {
    state: fold(decider, history),
    when(command: Command, around: Around): Outcome<Event> {
      try {
        return new Outcome<Event>(decider.decide(fold(decider, history), command, around), undefined);
      } catch (error) {
        if (error instanceof Refusal) return new Outcome<Event>(undefined, error);
        throw error;
      }
    },
  };
}

export const recorder: Actor = { id: 'key-recorder', role: 'recorder' };

/** Two people of each party: whoever claims is never the one who confirms. */
export const indianOfficer: Actor = { id: 'key-in-officer', role: 'desk-officer', party: 'IN' };
export const indianSecretariat: Actor = { id: 'key-in-secretariat', role: 'secretariat', party: 'IN' };
export const japaneseOfficer: Actor = { id: 'key-jp-officer', role: 'desk-officer', party: 'JP' };
export const japaneseSecretariat: Actor = { id: 'key-jp-secretariat', role: 'secretariat', party: 'JP' };

export const parties = [
  { code: 'IN', names: { en: 'India' }, zone: 'Asia/Kolkata' },
  { code: 'JP', names: { en: 'Japan' }, zone: 'Asia/Tokyo' },
] as const;

/** What a decision knows when the recorder asks at noon UTC on 15 January 2026. */
export const asked: Circumstances = { actor: recorder, now: '2026-01-15T12:00:00Z' };
