import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { mustBeOngoing } from '../domain/dialogue.js';
import { focusArea, type FocusAreaCommand, type FocusAreaDefinition } from '../domain/focus-area.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, Decisions } from './decisions.js';
import { change, id, title, words } from './fields.js';

export const defineFocusArea = change({
  code: id.meta({ description: 'Short code within the dialogue; never used again for another area.' }),
  names: title,
  scope: words.optional(),
}) satisfies z.ZodType<FocusAreaDefinition>;

/** Something asked of a focus area. */
export class ChangeFocusArea extends Command<Decided> {
  constructor(readonly asked: Asked<FocusAreaCommand>) {
    super();
  }
}

@CommandHandler(ChangeFocusArea)
export class ChangeFocusAreaHandler implements ICommandHandler<ChangeFocusArea> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeFocusArea): Promise<Decided> {
    const dialogue = await this.decisions.dialogue(asked.log);
    mustBeOngoing(dialogue);
    return this.decisions.decide(focusArea, asked, dialogue.parties, {});
  }
}
