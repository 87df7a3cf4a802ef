import { dueAtOf } from '../domain/reminder-time.js';

/** When a reminder is to go out, as it was planned in the calendar of its recipient. */
export interface LocalPlan {
  readonly local_day: string | null;
  readonly local_hour: number | null;
  readonly zone: string | null;
  /** As it was worked out by the rules that the zone had then. */
  readonly due_at: string;
}

/** The instant by the rules that the zone has today, ISO 8601 in UTC. */
export function dueInstant({ local_day, local_hour, zone, due_at }: LocalPlan): string {
  if (local_day === null || local_hour === null || zone === null) return due_at;
  return dueAtOf({ local_day, local_hour, zone });
}
