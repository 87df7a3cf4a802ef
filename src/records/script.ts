import { type Command, type CommandBus } from '@nestjs/cqrs';
import { sql } from 'kysely';
import { ChangeCommitment } from '../commands/commitment.js';
import type { Asked } from '../commands/asked.js';
import { ChangeDialogue } from '../commands/dialogue.js';
import type { Said } from '../commands/fields.js';
import { ChangeFocusArea } from '../commands/focus-area.js';
import { ChangeFollowUp } from '../commands/follow-up.js';
import { ChangeOrganisation } from '../commands/organisation.js';
import { ChangeRound } from '../commands/round.js';
import { ChangeSourceDocument } from '../commands/source-document.js';
import type { Actor } from '../domain/actor.js';
import type { Database } from '../event-store/database.js';
import type { Decided } from '../event-store/run-decider.js';

const kinds = {
  dialogue: ChangeDialogue,
  round: ChangeRound,
  'focus-area': ChangeFocusArea,
  'source-document': ChangeSourceDocument,
  organisation: ChangeOrganisation,
  commitment: ChangeCommitment,
  'follow-up': ChangeFollowUp,
};

type Kinds = typeof kinds;
type CommandOf<Kind extends keyof Kinds> = InstanceType<Kinds[Kind]>['asked']['command'];

/** One line of a script: who asks what of which stream. */
export interface Line {
  readonly kind: keyof Kinds;
  readonly log: string;
  readonly id: string;
  readonly actor: Actor;
  readonly command: CommandOf<keyof Kinds>;
  readonly said: Said;
}

/** Writes lines that `actor` speaks in `log`. */
export function speaker(log: string, actor: Actor) {
  return <Kind extends keyof Kinds>(
    kind: Kind,
    id: string,
    command: CommandOf<Kind>,
    said: Said = {},
  ): Line => ({
    kind,
    log,
    id,
    actor,
    command,
    said,
  });
}

/**
 * Sends a script through the command bus, line by line, and returns how many lines were new. Every line has an
 * id of its own that its events carry: a script that was cut off goes on where it stopped, and one that is
 * played again changes nothing.
 */
export async function playScript(
  commands: CommandBus,
  db: Database,
  name: string,
  lines: readonly Line[],
): Promise<number> {
  const played = await playedLines(db, name, [...new Set(lines.map((line) => line.log))]);
  let fresh = 0;
  for (const [index, { kind, ...line }] of lines.entries()) {
    const causationId = `${name}-${index + 1}`;
    if (played.has(causationId)) continue;
    const asked = { ...line, causationId, correlationId: name };
    const Request = kinds[kind] as new (asked: Asked<unknown>) => Command<Decided>;
    await commands.execute(new Request(asked));
    fresh++;
  }
  return fresh;
}

async function playedLines(db: Database, name: string, logs: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ line: string }>`
    select distinct entry::jsonb->>'causationId' as line from event
     where log_id in (${sql.join(logs)}) and entry::jsonb->>'correlationId' = ${name}`.execute(db);
  return new Set(rows.map((row) => row.line));
}
