import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import type { Renaming } from '../domain/coded.js';
import { mustBeOngoing } from '../domain/dialogue.js';
import { focusArea, type FocusAreaCommand, type FocusAreaDefinition } from '../domain/focus-area.js';
import type { Decided } from '../event-store/run-decider.js';
import { from, merging, namedIn, splitting } from './coded.js';
import type { Asked } from './asked.js';
import { Decisions } from './decisions.js';
import { change, id, title, words } from './fields.js';

export const defineFocusArea = change({
  code: id.meta({ description: 'Short code within the dialogue; never used again for another area.' }),
  names: title,
  scope: words.optional(),
  parent: id.optional().meta({ description: 'Code of the focus area that it is a part of.' }),
}) satisfies z.ZodType<FocusAreaDefinition>;

export const renameFocusArea = change({ names: title, from }) satisfies z.ZodType<Renaming>;
export const mergeFocusArea = change(merging) satisfies z.ZodType<{ into: string }>;
export const splitFocusArea = change(splitting) satisfies z.ZodType<{ into: readonly string[] }>;
export const retireFocusArea = change({});

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
    const { log, command, said } = asked;
    return this.decisions.make(async (decision) => {
      const dialogue = await decision.dialogue(log);
      mustBeOngoing(dialogue);
      const named = await namedIn(command.data, focusArea, log, decision);
      return decision.decide(focusArea, asked, dialogue.parties, { reason: said.reason, named });
    });
  }
}
