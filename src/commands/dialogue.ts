import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { type Announcement, dialogue, type DialogueCommand } from '../domain/dialogue.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, Decisions } from './decisions.js';
import { change, line, partyCode, slug, title, words, zone } from './fields.js';

export const announceDialogue = change({
  slug: slug.meta({ description: 'Name of the dialogue in addresses; never changes.' }),
  titles: title,
  parties: z
    .array(z.strictObject({ code: partyCode, names: title, zone }))
    .min(2)
    .max(50),
  level: line(200).meta({ description: 'Level at which it meets, for example "vice-ministerial".' }),
  cadence: line(200).optional(),
  umbrella: title.optional().meta({ description: 'Partnership or treaty that it belongs to.' }),
  participants: words.optional(),
  announcedAt: words.optional().meta({ description: 'Where and on what occasion it was announced.' }),
  invented: z.boolean().default(false).meta({ description: 'True for an example that never happened.' }),
}) satisfies z.ZodType<Announcement>;

/** Something asked of a dialogue. */
export class ChangeDialogue extends Command<Decided> {
  constructor(readonly asked: Asked<DialogueCommand>) {
    super();
  }
}

@CommandHandler(ChangeDialogue)
export class ChangeDialogueHandler implements ICommandHandler<ChangeDialogue> {
  constructor(private readonly decisions: Decisions) {}

  execute({ asked }: ChangeDialogue): Promise<Decided> {
    return this.decisions.decide(dialogue, asked, asked.command.data.parties, {});
  }
}
