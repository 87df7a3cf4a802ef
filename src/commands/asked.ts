import type { Actor } from '../domain/actor.js';
import type { Said } from './fields.js';

export { REGISTRY } from '../event-store/registry.js';

/** A command on its way to a stream: what is asked, by whom, and what was said about it. */
export interface Asked<Command> {
  readonly log: string;
  /** Id within the kind of stream. */
  readonly id: string;
  readonly command: Command;
  readonly actor: Actor;
  readonly said: Said;
  /** Follows one request through events, logs and problem documents. */
  readonly correlationId: string;
  /** Id of this command; the same again for the same command, where the caller can repeat itself. */
  readonly causationId?: string | undefined;
  readonly unchangedSince?: number | undefined;
}

/** A stream that a command names, and the field that names it. */
export interface Reference {
  readonly log: string;
  readonly kind: string;
  readonly id: string | number;
  readonly field: string;
}
