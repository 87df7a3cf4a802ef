import { sql } from 'kysely';
import type { Dialogue } from '../domain/dialogue.js';
import { type Reader, readerIn } from '../domain/confidentiality.js';
import type { LanguageMap } from '../domain/event.js';
import type { Database } from '../event-store/database.js';
import type { Ended } from './documents/coded-document.js';
import { focusAreaStatus } from './focus-area-status.js';
import { type Asking, sightKey } from './seen-by.js';
import {
  countNames,
  type Counts,
  counted,
  dayKey,
  standingToday,
  type Todays,
  todaysOf,
} from './standing-today.js';
import { readModels } from './views.js';
import { isWithheldFrom, tellable } from './withheld.js';

/** A dialogue as the status view knows it, how far that view has come, and who asks: every answer is for someone. */
export interface KnownDialogue extends Asking {
  readonly announcement: Dialogue;
  readonly position: number;
  readonly todays: Todays;
  /** Embargoes of its commitments that have ended by now. */
  readonly embargoesEnded: number;
  /** How often views of its log were rebuilt, all together. */
  readonly rebuilds: number;
}

export interface FocusAreaCounts {
  readonly code: string;
  readonly names: LanguageMap;
  readonly scope?: LanguageMap | undefined;
  /** Code of the focus area that it is a part of. */
  readonly parent?: string | undefined;
  /** It takes no new commitments; those that it has are counted here until they are moved. */
  readonly ended?: Ended | undefined;
  readonly counts: Counts;
}

export interface DialogueStatus {
  readonly dialogue: string;
  readonly titles: LanguageMap;
  readonly invented: boolean;
  readonly position: number;
  /** The day it is for each party: what is due soon or overdue is judged by it. */
  readonly todays: Todays;
  /** Each commitment once, however many focus areas it is grouped under. */
  readonly totals: Counts;
  /** How many commitments this reader may not see, where that is told at all; never told per focus area. */
  readonly withheld?: number | undefined;
  readonly focusAreas: readonly FocusAreaCounts[];
}

/** The dialogue with this slug as `reader` may see it, or undefined. `now` is an instant. */
export async function knownDialogue(
  db: Database,
  slug: string,
  now: string,
  reader: Reader,
): Promise<KnownDialogue | undefined> {
  return (await knownDialogues(db, now, reader, [slug]))[0];
}

/** Dialogues in the order of their slugs, all or those with these, as `reader` may see them. */
export async function knownDialogues(
  db: Database,
  now: string,
  reader: Reader,
  slugs?: readonly string[],
): Promise<KnownDialogue[]> {
  const { rows } = await sql<{
    announcement: Dialogue;
    position: number;
    embargoes_ended: number;
    rebuilds: number;
  }>`
    select d.announcement, c.position,
           (select count(*)::int from commitment_standing s
             where s.log_id = d.log_id and s.embargo_until <= ${now}::timestamptz) as embargoes_ended,
           (select sum(v.rebuilds)::int from checkpoint v
             where v.log_id = d.log_id and v.subscription = any(${readModels.map(({ name }) => name)}::text[])) as rebuilds
      from dialogue d
      join checkpoint c on c.log_id = d.log_id and c.subscription = ${focusAreaStatus.name}
     where ${slugs === undefined ? sql`true` : sql`d.log_id = any(${slugs})`}
     order by d.log_id`.execute(db);
  return rows.map(({ announcement, position, embargoes_ended: embargoesEnded, rebuilds }) => ({
    announcement,
    position,
    embargoesEnded,
    rebuilds,
    todays: todaysOf(announcement.parties, now),
    now,
    reader: readerIn(announcement.parties, reader),
  }));
}

/** The part of an entity tag that is another after each rebuild, which may change an answer where the log has not moved. */
export function rebuildsKey({ rebuilds }: { rebuilds: number }): string {
  return rebuilds > 0 ? `-r${rebuilds}` : '';
}

/** What an entity tag says beside a position: the parties' days, what its reader sees, and the rebuilds. */
export function tagKey(known: KnownDialogue): string {
  return `${dayKey(known.todays)}${sightKey(known)}${rebuildsKey(known)}`;
}

/** The entity tag of a dialogue's status: the view's position, and what else it depends on. */
export function statusVersion(known: KnownDialogue): string {
  return `${known.position}-${tagKey(known)}`;
}

interface AreaRow {
  readonly code: string;
  readonly names: LanguageMap;
  readonly scope: LanguageMap | null;
  readonly parent: string | null;
  readonly ended: Ended | null;
  readonly counts: Counts | null;
}

/** Counts per focus area and in total, of one consistent state of the view. */
export async function dialogueStatus(db: Database, known: KnownDialogue): Promise<DialogueStatus> {
  const { announcement, todays } = known;
  const counts = sql.join(
    countNames.map((name) => sql`count(*) filter (where ${counted[name]})::int as ${sql.ref(name)}`),
  );
  const { rows } = await sql<{
    position: number;
    totals: Counts;
    withheld: number;
    areas: AreaRow[];
  }>`
    with standing as materialized (${standingToday(announcement.slug, known)}),
    per_area as (
      select code, ${counts} from standing, unnest(focus_areas) as code group by code
    )
    select (select position from checkpoint
             where subscription = ${focusAreaStatus.name} and log_id = ${announcement.slug}) as position,
           (select row_to_json(t) from (select ${counts} from standing) t) as totals,
           (select count(*)::int from commitment_standing s
             where s.log_id = ${announcement.slug} and ${isWithheldFrom(known)}) as withheld,
           (select coalesce(json_agg(json_build_object(
                     'code', a.code, 'names', a.names, 'scope', a.scope, 'parent', a.parent,
                     'ended', a.ended, 'counts', row_to_json(p)) order by a.first), '[]')
              from focus_area a left join per_area p using (code)
             where a.log_id = ${announcement.slug}) as areas`.execute(db);
  const { position, totals, areas } = rows[0]!;
  const withheld = tellable(rows[0]!.withheld);
  return {
    dialogue: announcement.slug,
    titles: announcement.titles,
    invented: announcement.invented,
    position,
    todays,
    totals,
    ...(withheld !== undefined && { withheld }),
    focusAreas: areas.map(({ code, names, scope, parent, ended, counts: found }) => ({
      code,
      names,
      ...(scope && { scope }),
      ...(parent && { parent }),
      ...(ended && { ended }),
      counts: Object.fromEntries(countNames.map((name) => [name, found?.[name] ?? 0])) as Counts,
    })),
  };
}
