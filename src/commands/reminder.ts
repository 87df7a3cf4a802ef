import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { commitment } from '../domain/commitment/commitment.js';
import { deadlineOf } from '../domain/due.js';
import { reminder, type ReminderCommand } from '../domain/reminder.js';
import type { Decided } from '../event-store/run-decider.js';
import type { Asked } from './asked.js';
import type { Decision } from './decision.js';
import { Decisions } from './decisions.js';

/** Something asked of a reminder: by the worker, or by its recipient through a signed link. */
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
      // A party that has left is still reminded of what it undertook, and may answer.
      const { everyParty } = await decision.dialogue(asked.log);
      return decision.decide(reminder, asked, everyParty, { end: await endOf(decision, asked) });
    });
  }
}

/** Last day of the time agreed, where a decision asks for it. */
async function endOf(decision: Decision, { log, command }: Asked<ReminderCommand>) {
  if (command.type !== 'SnoozeReminder') return undefined;
  const state = await decision.load(commitment, log, command.data.commitment);
  return state && deadlineOf(state.due.current);
}
