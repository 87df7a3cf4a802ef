import type { CommandBus } from '@nestjs/cqrs';
import { ChangeReminder } from '../commands/reminder.js';
import { NotFound } from '../domain/refusal.js';
import type { ReminderCommand } from '../domain/reminder.js';
import type { Database } from '../event-store/database.js';
import { colleagueName, type LinkedReminder } from './linked-reminder.js';

/**
 * What a recipient does about a reminder through its link, put on record in the name of the system and on behalf of the party: a
 * link is no key, and whoever holds it has no role of the party's. Doing the same again changes nothing. Each throws the
 * domain's Refusal.
 */
export class ReminderAnswering {
  constructor(
    private readonly db: Database,
    private readonly commands: CommandBus,
  ) {}

  /** @param correlationId follows the request through events and logs */
  acknowledge(linked: LinkedReminder, correlationId: string): Promise<void> {
    return this.ask(linked, { type: 'AcknowledgeReminder', data: linked.named }, correlationId);
  }

  /** @param until a day, in the recipient's calendar */
  snooze(linked: LinkedReminder, until: string, correlationId: string): Promise<void> {
    const { zone } = linked.recipient;
    const data = { ...linked.named, until };
    return this.ask(linked, { type: 'SnoozeReminder', data, zone }, correlationId);
  }

  /** @param to id of another contact of the party; {@link NotFound} `no-such-colleague` at `/to` */
  async handOver(linked: LinkedReminder, to: string, correlationId: string): Promise<void> {
    const { log, named } = linked;
    if ((await colleagueName(this.db, log, named.party, to)) === undefined)
      throw new NotFound('no-such-colleague', 'Choose one of your colleagues.', '/to');
    return this.ask(linked, { type: 'HandOverReminder', data: { ...named, to } }, correlationId);
  }

  private async ask({ log, named }: LinkedReminder, command: ReminderCommand, correlationId: string) {
    await this.commands.execute(
      new ChangeReminder({
        log,
        id: named.id,
        actor: { id: named.recipient, role: 'system' },
        command,
        said: { onBehalfOf: named.party },
        correlationId,
      }),
    );
  }
}
