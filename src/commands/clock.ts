/** What time it is; tests put another in its place. */
export class Clock {
  /** The current instant, ISO 8601 in UTC. */
  now(): string {
    return new Date().toISOString();
  }
}
