import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reminder, type ReminderCommand } from '../domain/reminder.js';
import type { Decided } from '../event-store/run-decider.js';
import type { Asked } from './asked.js';
import { Decisions } from './decisions.js';

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
    return this.decisions.make(async (decision) => {
      const { parties } = await decision.dialogue(asked.log);
      return decision.decide(reminder, asked, parties, {});
    });
  }
}
