import { sql } from 'kysely';
import { type Day, dayIn, daysBetween } from '../domain/calendar.js';
import { endedStatuses, openStatuses, unclaimedStatuses } from '../domain/commitment/life-cycle.js';
import type { Party } from '../domain/dialogue.js';
import { DUE_SOON_DAYS } from '../domain/due.js';
import { type Asking, isSeenBy } from './seen-by.js';

/** The day it is for each party; what is due depends on it, so it is part of every answer's entity tag. */
export type Todays = readonly { readonly party: string; readonly today: Day }[];

/** The day it is for each of `parties` at the instant `now`. */
export function todaysOf(parties: readonly Party[], now: string): Todays {
  return parties.map(({ code, zone }) => ({ party: code, today: dayIn(zone, now) }));
}

/** A short text that changes whenever a day begins for a party: `20261124-01`, the last digits in the parties' order. */
export function dayKey(todays: Todays): string {
  const days = todays.map(({ today }) => today);
  const first = days.reduce((earliest, day) => (day < earliest ? day : earliest), days[0] ?? '');
  const ahead = days.map((day) => daysBetween(first, day)).join('');
  return `${first.replaceAll('-', '')}-${ahead}`;
}

/**
 * Commitments of one log that the reader may see, with their health and timeliness of today (domain.md 6.5 and 8), for use as
 * `with standing as (…)`. The day that governs is the earliest among the responsible parties.
 */
export function standingToday(log: string, { todays, ...asking }: { todays: Todays } & Asking) {
  return sql`
    select s.*, s.status = any(${openStatuses}) as open,
           s.status = any(${unclaimedStatuses}) as unclaimed,
           case when s.off_track_until >= day.today then 'off-track'
                when s.at_risk_until >= day.today then 'at-risk'
                when s.on_track_until >= day.today then 'on-track'
                else 'not-reported' end as health,
           case when s.due_end is null then 'no-calendar-date'
                when s.due_end < day.today then 'overdue'
                when s.due_end <= day.today + ${DUE_SOON_DAYS}::int then 'due-soon'
                else 'not-due' end as timeliness
      from commitment_standing s
     cross join lateral (
           select min(t.today) as today
             from jsonb_to_recordset(${JSON.stringify(todays)}::jsonb) as t (party text, today date)
            where t.party = any(s.responsible)) day
     where s.log_id = ${log} and ${isSeenBy(asking)}`;
}

/** What is counted, and the condition on `standing` that counts it (domain.md 8). */
export const counted = {
  proposed: sql`status = 'proposed'`,
  open: sql`open`,
  onTrack: sql`open and health = 'on-track'`,
  atRisk: sql`open and health = 'at-risk'`,
  offTrack: sql`open and health = 'off-track'`,
  notReported: sql`open and health = 'not-reported'`,
  dueSoon: sql`unclaimed and timeliness = 'due-soon'`,
  overdue: sql`unclaimed and timeliness = 'overdue'`,
  noDate: sql`unclaimed and timeliness = 'no-calendar-date'`,
  claimed: sql`status = 'delivery-claimed'`,
  verified: sql`status = 'verified'`,
  disputed: sql`disputes > 0 and status <> all(${endedStatuses})`,
  paused: sql`status = 'paused'`,
  withdrawn: sql`status = 'withdrawn'`,
  superseded: sql`status = 'superseded'`,
  lapsed: sql`status = 'lapsed'`,
  ended: sql`status = any(${endedStatuses})`,
} as const;

export type CountName = keyof typeof counted;
export const countNames = Object.keys(counted) as readonly CountName[];
export type Counts = Readonly<Record<CountName, number>>;
