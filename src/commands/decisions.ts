import type { Database } from '../event-store/database.js';
import { Outrun } from '../event-store/overtaken.js';
import { type Decided, type DeciderRunner, isAnswer } from '../event-store/run-decider.js';
import type { Clock } from './clock.js';
import { Decision } from './decision.js';

/** Decides anew when others changed what a decision rests on, up to this many times. */
const MAX_ATTEMPTS = 5;

/** Makes decisions: first on what this process knows of the streams that are looked at, then on what the log has. */
export class Decisions {
  constructor(
    private readonly db: Database,
    private readonly runner: DeciderRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes an attempt until nobody comes between. What was decided on streams as this process knew them is good
   * when it was appended, which the append checks; anything else is decided anew on what the log has.
   */
  async make(attempt: (decision: Decision) => Promise<Decided>): Promise<Decided> {
    for (let count = 1; ; count++) {
      const decision = new Decision(this.db, this.runner, this.clock, count === 1 ? 'recent' : 'now');
      try {
        const decided = await attempt(decision);
        if (decided.changed || !decision.restsOnRecent) return decided;
      } catch (error) {
        const isSure = !decision.restsOnRecent || !isAnswer(error);
        if (isSure && !(error instanceof Outrun && count < MAX_ATTEMPTS)) throw error;
      }
    }
  }
}
