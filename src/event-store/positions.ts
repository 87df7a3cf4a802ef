import { sql } from 'kysely';
import type { Database } from './database.js';

/** How far a log has grown, or how far a subscription is behind in it. */
export interface LogPositions {
  readonly log: string;
  /** Position of the last event. */
  readonly head: number;
  readonly subscriptions: readonly {
    readonly subscription: string;
    /** Events that the subscription has not handled yet. */
    readonly lag: number;
    readonly parked: boolean;
  }[];
}

/** Every log, with every subscription that has begun any of them. Looks at no event. */
export async function logPositions(db: Database): Promise<readonly LogPositions[]> {
  const { rows } = await sql<LogPositions>`
    select h.log_id as log, h.position as head,
           coalesce(json_agg(json_build_object('subscription', s.name, 'parked', c.parked_at is not null,
                      'lag', h.position - coalesce(c.position, 0)) order by s.name)
                      filter (where s.name is not null), '[]') as subscriptions
      from log_head h
      left join (select distinct subscription as name from checkpoint) s on true
      left join checkpoint c on c.subscription = s.name and c.log_id = h.log_id
     group by h.log_id order by h.log_id`.execute(db);
  return rows;
}
