import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import type { Repeatable } from './idempotency-key.js';
import { DATABASE } from './known-dialogue.js';
import { KeyReused } from './problem.js';

/** How a change was answered. */
export interface Outcome {
  readonly status: number;
  /** Version of the changed stream. */
  readonly version: number;
  /** Position in the log of its last event. */
  readonly position: number;
}

/** A change as it was first asked for. */
export interface FirstAsked {
  readonly id: string;
  readonly causationId: string;
  /** Position of the log up to which nothing of it is there. */
  readonly since: number;
  /** Absent as long as nobody was answered. */
  readonly outcome: Outcome | undefined;
}

type Row = { request: string; id: string; causation_id: string; since: number } & (
  Outcome | { [member in keyof Outcome]: null }
);

/**
 * What was asked for under an Idempotency-Key. Nothing is locked while a change is made: repeats may run side
 * by side, and the log takes the events of one of them only, since all carry the same causation id. So no repeat
 * has to wait for another one, or for the lease of a process that is no more.
 */
@Injectable()
export class RepeatableChanges {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /**
   * Says what is to be done in `log`, and commits to it before it is done. `id` is the id within the kind of
   * stream if this is the first time. Throws {@link KeyReused} when the key was used for something else.
   */
  async begin(change: Repeatable, log: string, id: string): Promise<FirstAsked> {
    await this.forget();
    const request = change.request();
    const { rows } = await sql<Row>`
      insert into repeatable_change (key, request, id, causation_id, since)
      values (${change.key}, ${Buffer.from(request, 'hex')}, ${id}, ${randomUUID()},
              coalesce((select position from log_head where log_id = ${log}), 0))
      on conflict (key) do update set asked_at = excluded.asked_at
      returning encode(request, 'hex') as request, id, causation_id, since, status, version, position`.execute(
      this.db,
    );
    const { causation_id: causationId, request: first, ...known } = rows[0]!;
    if (first !== request) {
      throw new KeyReused('This Idempotency-Key was used for another request; take a new one.');
    }
    const { status, version, position, ...asked } = known;
    return {
      ...asked,
      causationId,
      outcome: status === null ? undefined : { status, version, position },
    };
  }

  /** Keeps the outcome, unless a repeat was answered first; returns the one that counts. */
  async end({ key }: Repeatable, outcome: Outcome): Promise<Outcome> {
    const { rows } = await sql<Outcome>`
      update repeatable_change
         set status = coalesce(status, ${outcome.status}), version = coalesce(version, ${outcome.version}),
             position = coalesce(position, ${outcome.position})
       where key = ${key}
      returning status, version, position`.execute(this.db);
    return rows[0] ?? outcome;
  }

  /**
   * Where the log has what was asked; undefined when it has nothing of it so far. What was looked through once is
   * not looked through again: who asks in vain for ever costs no more each time.
   */
  async onRecord(
    { key }: Repeatable,
    { causationId, since }: FirstAsked,
    log: string,
  ): Promise<Omit<Outcome, 'status'> | undefined> {
    const { rows } = await sql<Omit<Outcome, 'status'>>`
      with done as (
        select version, position from event
         where log_id = ${log} and position > ${since} and entry::jsonb->>'causationId' = ${causationId}
         order by position desc limit 1
      ), seen as (
        update repeatable_change
           set since = greatest(since, (select position from log_head where log_id = ${log}))
         where key = ${key} and not exists (select from done)
      )
      select version, position from done`.execute(this.db);
    return rows[0];
  }

  /** A hundred at a time: more than the one that each call can add, and never a long wait. */
  private async forget(): Promise<void> {
    await sql`
      delete from repeatable_change where key in (
        select key from repeatable_change where asked_at < now() - interval '7 days'
         order by asked_at limit 100 for update skip locked)`.execute(this.db);
  }
}
