import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database, LogDatabase } from './database.js';
import { REGISTRY } from './registry.js';
import { streamOf } from './skipped.js';
import { withoutWaiting } from './without-waiting.js';

/** How far a subscription has handled a log; its lock is held. */
export interface Checkpoint {
  readonly position: number;
  /** Where the log ends. */
  readonly head: number;
  /** Set aside at the next event: to be left alone for now, or due to be tried again. */
  readonly parked: 'for-now' | 'due' | undefined;
  /** The subscriber is new and has not caught up yet. */
  readonly beingBuilt: boolean;
  /** The record says that it does without an event that is to come. */
  readonly hasSkips: boolean;
}

/** The transaction as the rows that it writes show it. */
const thisTransaction = sql`pg_current_xact_id()::xid::text`;

const decidedAbout = sql`event.log_id = ${REGISTRY} and stream_id = ${streamOf('')} || checkpoint.subscription`;

/**
 * Whether the record says that a subscription does without an event beyond its checkpoint. In scalar subqueries: a plan that
 * joins with the log would be kept until the log is long. Of most nothing was ever decided, which is looked up first and by the
 * whole key: so no plan that was made while the registry was short can read all of it in each step.
 */
const skipsAhead = sql<boolean>`
  case when (select version from event where ${decidedAbout} and version = 1) is null then false
       else (select count(*) > 0 from event
              where ${decidedAbout} and type = 'EventSkipped' and entry::jsonb #>> '{data,log}' = checkpoint.log_id
                and (entry::jsonb #>> '{data,position}')::bigint > checkpoint.position) end`;

/** Locks the checkpoint for the transaction, if nobody else has. */
export async function lockCheckpoint(
  tx: Transaction<LogDatabase>,
  subscription: string,
  log: string,
): Promise<Checkpoint | 'locked' | 'missing'> {
  const { rows } = await sql<Checkpoint>`
    select ${withoutWaiting}, position, being_built as "beingBuilt",
           coalesce((select position from log_head where log_id = ${log}), 0) as head,
           case when parked_at is not null then case when retry_at <= now() then 'due' else 'for-now' end end as parked,
           ${skipsAhead} as "hasSkips"
      from checkpoint where subscription = ${subscription} and log_id = ${log}
       for update of checkpoint skip locked`.execute(tx);
  if (rows[0]) return { ...rows[0], parked: rows[0].parked ?? undefined };
  const exists = await tx
    .selectFrom('checkpoint')
    .select('log_id')
    .where('subscription', '=', subscription)
    .where('log_id', '=', log)
    .executeTakeFirst();
  return exists ? 'locked' : 'missing';
}

/** How far a subscription has handled a log. */
export interface Standing {
  readonly name: string;
  readonly position: number;
}

/** Locks the checkpoints of the subscriptions, where nothing is the matter with them, as far as nobody else has. */
export async function lockTogether(
  tx: Transaction<LogDatabase>,
  subscriptions: readonly string[],
  log: string,
): Promise<readonly Standing[]> {
  const { rows } = await sql<Standing>`
    select ${withoutWaiting}, subscription as name, position
      from checkpoint
     where log_id = ${log} and subscription = any(${subscriptions}::text[])
       and parked_at is null and not being_built and not ${skipsAhead}
     order by subscription
       for update of checkpoint skip locked`.execute(tx);
  return rows;
}

/** A position that all of some subscriptions have got to, and the transaction that has moved all of them there. */
export interface Place {
  readonly position: number;
  readonly movedBy: string;
}

/** Moves the checkpoints to a position of the log, and tells where they are then; the caller holds their locks. */
export function movingLocked(subscriptions: readonly string[], log: string, to: number) {
  return sql<Pick<Place, 'movedBy'>>`
    update checkpoint set position = ${to}
     where log_id = ${log} and subscription = any(${subscriptions}::text[])
    returning ${thisTransaction} as "movedBy"`;
}

/**
 * Moves the checkpoints of all `subscriptions` from a place in the log to a position of it and writes what they make of
 * that, in one statement. It does nothing and returns no row when somebody has written any of the checkpoints since, though the
 * position be the same, or is at work on one, or something is the matter with one: `writing` is given the condition to write under.
 */
export function movingAtOnce(
  subscriptions: readonly string[],
  log: string,
  { movedBy }: Place,
  to: number,
  writing: (isOurs: RawBuilder<boolean>) => readonly RawBuilder<unknown>[],
) {
  const isOurs = sql<boolean>`(select count(*) from mine) = ${subscriptions.length}`;
  const written = writing(isOurs).map((each, place) => sql`, ${sql.ref(`written_${place}`)} as (${each})`);
  const ofThem = sql`log_id = ${log} and subscription = any(${subscriptions}::text[])`;
  return sql<Pick<Place, 'movedBy'>>`
    with mine as (
      select subscription from checkpoint
       where ${ofThem} and xmin::text = ${movedBy} and parked_at is null and not being_built and not ${skipsAhead}
       order by subscription
         for update of checkpoint skip locked
    ), moved as (
      update checkpoint set position = ${to} from mine
       where log_id = ${log} and checkpoint.subscription = mine.subscription and ${isOurs}
      returning true
    )${sql.join(written, sql``)}
    select ${withoutWaiting}, ${thisTransaction} as "movedBy" from moved limit 1`;
}

/**
 * Makes the first checkpoint of a log, and commits it: made in the transaction of a step, others would wait there for
 * its end instead of leaving the log to it.
 */
export async function beginLog(db: Database, subscription: string, log: string): Promise<void> {
  await sql`
    insert into checkpoint (subscription, log_id) values (${subscription}, ${log}) on conflict do nothing`.execute(
    db,
  );
}

/** Moves the checkpoint, and a log that was parked moves with it; the caller holds its lock. */
export async function setCheckpoint(
  tx: Database,
  subscription: string,
  log: string,
  position: number,
  beingBuilt = false,
): Promise<void> {
  await tx
    .updateTable('checkpoint')
    .set({
      position,
      parked_at: null,
      parked_why: null,
      tries: 0,
      retry_at: null,
      being_built: beingBuilt,
    })
    .where('subscription', '=', subscription)
    .where('log_id', '=', log)
    .execute();
}

/** Position up to which the subscriber has handled the log. */
export async function checkpointOf(db: Database, subscription: string, log: string): Promise<number> {
  const row = await db
    .selectFrom('checkpoint')
    .select('position')
    .where('subscription', '=', subscription)
    .where('log_id', '=', log)
    .executeTakeFirst();
  return row?.position ?? 0;
}

/**
 * How far the subscriber has handled each of `logs`, or all it has begun, and whether it has set it aside or is new
 * there. What is about to be tried again is not set aside.
 */
export async function standingOf(
  db: Database,
  subscription: string,
  logs?: readonly string[],
): Promise<readonly { log: string; position: number; setAside: boolean }[]> {
  const { rows } = await sql<{ log: string; position: number; setAside: boolean }>`
    select log_id as log, position, being_built or (parked_at is not null and (retry_at > now()) is not false) as "setAside"
      from checkpoint
     where subscription = ${subscription} and ${logs ? sql`log_id = any(${logs})` : sql`true`}`.execute(db);
  return rows;
}

/**
 * Marks the logs of which a subscriber has handled nothing though they are long, so that nobody waits for it there
 * before it has caught up: it is new. `long` is a number of events.
 */
export async function beginBuilding(db: Database, subscription: string, long: number): Promise<void> {
  await sql`
    insert into checkpoint (subscription, log_id, being_built)
    select ${subscription}, log_id, true from log_head where position > ${long}
    on conflict (subscription, log_id) do update set being_built = true where checkpoint.position = 0`.execute(
    db,
  );
}
