import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  type Announcement,
  type Conclusion,
  type Departure,
  dialogue,
  type DialogueCommand,
  type Party,
} from '../domain/dialogue.js';
import type { ReminderPolicy } from '../domain/reminder-policy.js';
import type { VerificationRule } from '../domain/verification-rule.js';
import type { Decided } from '../event-store/run-decider.js';
import type { Asked } from './asked.js';
import { Decisions } from './decisions.js';
import { change, day, partialDate, partyCode, slug, title, words, zone, line } from './fields.js';

const party = { code: partyCode, names: title, zone };
const cadence = line(200);

export const announceDialogue = change({
  slug: slug.meta({ description: 'Name of the dialogue in addresses; never changes.' }),
  titles: title,
  parties: z.array(z.strictObject(party)).min(2).max(50),
  level: line(200).meta({ description: 'Level at which it meets, for example "vice-ministerial".' }),
  cadence: cadence.optional(),
  umbrella: title.optional().meta({ description: 'Partnership or treaty that it belongs to.' }),
  participants: words.optional(),
  announcedAt: words.optional().meta({ description: 'Where and on what occasion it was announced.' }),
  invented: z.boolean().default(false).meta({ description: 'True for an example that never happened.' }),
}) satisfies z.ZodType<Announcement>;

export const joinDialogue = change(party) satisfies z.ZodType<Party>;

export const leaveDialogue = change({
  code: partyCode.meta({ description: 'The party that leaves; what it has undertaken it still owes.' }),
  on: partialDate,
}) satisfies z.ZodType<Departure>;

export const changeCadence = change({ cadence });

export const setVerificationRule = change({
  from: day.meta({
    description: 'First day on which it holds, for claims made then or later: tomorrow or a later day.',
  }),
  answerWithinDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .meta({ description: 'A claim that waits longer is shown as unanswered. Absent: no claim is.' }),
}) satisfies z.ZodType<VerificationRule>;

const reminderDay = (max: number) => z.int().min(1).max(max);

export const setReminderPolicy = change({
  daysBefore: z
    .array(reminderDay(730))
    .max(10)
    .meta({
      description: 'Days before the end of the due window, the farthest first.',
      examples: [[30, 7, 1]],
    }),
  daysAfter: z
    .array(reminderDay(30))
    .min(1)
    .max(5)
    .meta({ description: 'Days after that end; the first says that it is overdue.', examples: [[1]] }),
  weeks: z.int().min(0).max(52).meta({ description: 'Weekly reminders after the last of these days.' }),
  monthly: z.boolean().meta({ description: 'Whether monthly ones follow until there is an answer.' }),
  reviewEveryDays: reminderDay(730).meta({ description: 'How often what has no date is looked at again.' }),
  silentAfterDays: reminderDay(730).meta({
    description: 'Days without a report after which a side is asked to confirm or update.',
  }),
  escalation: z.strictObject({
    headOfDivision: reminderDay(730).meta({ description: 'Days after the end.' }),
    secretariats: reminderDay(730).meta({ description: 'Days after the end.' }),
    coChairs: reminderDay(730).meta({
      description: 'Days after the end, unless the next round comes first.',
    }),
    coChairsBeforeRound: reminderDay(365).meta({ description: 'Days before the next round.' }),
  }),
}) satisfies z.ZodType<ReminderPolicy>;

export const concludeDialogue = change({ on: partialDate }) satisfies z.ZodType<Conclusion>;

/** Something asked of a dialogue. */
export class ChangeDialogue extends Command<Decided> {
  constructor(readonly asked: Asked<DialogueCommand>) {
    super();
  }
}

@CommandHandler(ChangeDialogue)
export class ChangeDialogueHandler implements ICommandHandler<ChangeDialogue> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeDialogue): Promise<Decided> {
    return this.decisions.make(async (decision) => {
      const { parties } =
        asked.command.type === 'AnnounceDialogue' ? asked.command.data : await decision.dialogue(asked.log);
      return decision.decide(dialogue, asked, parties, { reason: asked.said.reason });
    });
  }
}
