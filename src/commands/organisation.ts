import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  organisation,
  type OrganisationCommand,
  organisationKinds,
  type OrganisationRegistration,
} from '../domain/organisation.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, Decisions } from './decisions.js';
import { change, id, line, partyCode, title } from './fields.js';

export const registerOrganisation = change({
  code: id.meta({ description: 'Short code, the same in all dialogues.' }),
  names: title,
  abbreviation: line(40).optional(),
  kind: z.enum(organisationKinds),
  party: partyCode.optional(),
})
  // Sources belong to a dialogue, an organisation to all of them.
  .omit({ sources: true, onBehalfOf: true }) satisfies z.ZodType<OrganisationRegistration>;

/** Something asked of an organisation. */
export class ChangeOrganisation extends Command<Decided> {
  constructor(readonly asked: Asked<OrganisationCommand>) {
    super();
  }
}

@CommandHandler(ChangeOrganisation)
export class ChangeOrganisationHandler implements ICommandHandler<ChangeOrganisation> {
  constructor(private readonly decisions: Decisions) {}

  execute({ asked }: ChangeOrganisation): Promise<Decided> {
    return this.decisions.decide(organisation, asked, [], {});
  }
}
