import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reminder, type ReminderCommand } from '../domain/reminder.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, Decisions } from './decisions.js';

/** Something asked of a reminder. Only the worker asks: no route leads here. */
export class ChangeReminder extends Command<Decided> {
  constructor(readonly asked: Asked<ReminderCommand>) {
    super();
  }
}

@CommandHandler(ChangeReminder)
export class ChangeReminderHandler implements ICommandHandler<ChangeReminder> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeReminder): Promise<Decided> {
    const { parties } = await this.decisions.dialogue(asked.log);
    return this.decisions.decide(reminder, asked, parties, {});
  }
}
