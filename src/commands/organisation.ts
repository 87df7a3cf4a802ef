import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  organisation,
  type OrganisationCommand,
  organisationKinds,
  type OrganisationRegistration,
  type OrganisationRenaming,
} from '../domain/organisation.js';
import type { Decided } from '../event-store/run-decider.js';
import { from, merging, namedIn, splitting } from './coded.js';
import type { Asked } from './asked.js';
import { Decisions } from './decisions.js';
import { id, partyCode, sharedChange, title, line } from './fields.js';

const designation = { names: title, abbreviation: line(40).optional() };

export const registerOrganisation = sharedChange({
  code: id.meta({
    description: 'Short code, the same in all dialogues; never used again for another body.',
  }),
  ...designation,
  kind: z.enum(organisationKinds),
  party: partyCode.optional(),
}) satisfies z.ZodType<OrganisationRegistration>;

export const renameOrganisation = sharedChange({
  ...designation,
  from,
}) satisfies z.ZodType<OrganisationRenaming>;
export const mergeOrganisation = sharedChange(merging) satisfies z.ZodType<{ into: string }>;
export const splitOrganisation = sharedChange(splitting) satisfies z.ZodType<{ into: readonly string[] }>;
export const dissolveOrganisation = sharedChange({});

/** Something asked of an organisation. */
export class ChangeOrganisation extends Command<Decided> {
  constructor(readonly asked: Asked<OrganisationCommand>) {
    super();
  }
}

@CommandHandler(ChangeOrganisation)
export class ChangeOrganisationHandler implements ICommandHandler<ChangeOrganisation> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeOrganisation): Promise<Decided> {
    const { log, command, said } = asked;
    return this.decisions.make(async (decision) => {
      const named = await namedIn(command.data, organisation, log, decision);
      return decision.decide(organisation, asked, [], { reason: said.reason, named });
    });
  }
}
