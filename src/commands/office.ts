import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import {
  office,
  type OfficeCommand,
  type OfficeEstablishment,
  type OfficeRenaming,
} from '../domain/office.js';
import type { Decided } from '../event-store/run-decider.js';
import { from } from './coded.js';
import type { Asked } from './asked.js';
import { Decisions } from './decisions.js';
import { id, sharedChange, title } from './fields.js';

export const establishOffice = sharedChange({
  code: id.meta({
    description: 'Short code, the same in all dialogues; never used again for another post.',
  }),
  organisation: id.meta({ description: 'Code of the organisation that it belongs to.' }),
  titles: title.meta({ description: 'What the post is called; never who holds it.' }),
}) satisfies z.ZodType<OfficeEstablishment>;

export const renameOffice = sharedChange({ titles: title, from }) satisfies z.ZodType<OfficeRenaming>;
export const abolishOffice = sharedChange({});

/** Something asked of an office. */
export class ChangeOffice extends Command<Decided> {
  constructor(readonly asked: Asked<OfficeCommand>) {
    super();
  }
}

@CommandHandler(ChangeOffice)
export class ChangeOfficeHandler implements ICommandHandler<ChangeOffice> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeOffice): Promise<Decided> {
    const { log, command, said } = asked;
    return this.decisions.make(async (decision) => {
      if (command.type === 'EstablishOffice') {
        const { organisation } = command.data;
        await decision.mustExist([{ log, kind: 'organisation', id: organisation, field: '/organisation' }]);
      }
      return decision.decide(office, asked, [], { reason: said.reason });
    });
  }
}
