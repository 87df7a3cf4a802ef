import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ChangeAccess } from '../commands/access.js';
import { REGISTRY } from '../commands/asked.js';
import { newId } from '../commands/new-id.js';
import type { AccessCommand, Grant } from '../domain/access.js';
import type { Actor } from '../domain/actor.js';
import { StorageUnavailable } from '../event-store/storage-failure.js';
import { grants } from '../read-models/grants.js';
import { Views } from '../read-models/views.js';

/** What a grant gives; its name is chosen for it. */
export type Terms = Omit<Grant, 'grant'>;

/** Whoever may use the command line of the service. */
const operator: Actor = { id: 'operator', role: 'system' };

/** How long a change may take to be seen by every process, in milliseconds. */
const SEEN_WITHIN = 10_000;

/** Gives and takes access. What is given or taken holds in every process as soon as a promise here is kept. */
@Injectable()
export class Grants {
  constructor(
    private readonly commands: CommandBus,
    private readonly views: Views,
  ) {}

  /** Returns the name of the grant. Throws the domain's Refusal. */
  async give(subject: string, terms: Terms): Promise<string> {
    const grant = newId();
    await this.change({ type: 'GrantAccess', data: { ...terms, subject, grant } });
    return grant;
  }

  /** Takes back one grant, or everything that the subject was granted. Throws the domain's Refusal. */
  async takeBack(subject: string, grant: string | undefined, reason: string | undefined): Promise<void> {
    await this.change({ type: 'RevokeAccess', data: { subject, grant } }, reason);
  }

  private async change(command: AccessCommand, reason?: string): Promise<void> {
    const { position } = await this.commands.execute(
      new ChangeAccess({
        log: REGISTRY,
        id: command.data.subject,
        command,
        actor: operator,
        said: { reason },
        correlationId: randomUUID(),
      }),
    );
    if (await this.views.hasReached(grants, REGISTRY, position, SEEN_WITHIN)) return;
    throw new StorageUnavailable(
      'This is on record, but not yet seen where requests are checked: look at /health/ready.',
    );
  }
}
