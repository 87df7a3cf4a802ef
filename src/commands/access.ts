import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { access, type AccessCommand, type Grant, grantedRoles } from '../domain/access.js';
import { partyOf } from '../domain/dialogue.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, REGISTRY } from './asked.js';
import type { Decision } from './decision.js';
import { Decisions } from './decisions.js';
import { id, partyCode, slug, text } from './fields.js';

const subject = z
  .string()
  .regex(/^(key-[0-9a-f]{10}|oidc-[0-9a-f]{64})$/, 'must be the reference of a key or of an OIDC subject');

export const grantAccess = z.strictObject({
  subject,
  grant: id,
  role: z.enum(grantedRoles, `must be ${grantedRoles.join(', ')}`),
  party: partyCode.optional(),
  dialogue: slug.optional(),
  organisation: id.optional(),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be an instant, such as 2027-01-31T00:00:00Z' })
    .transform((instant) => new Date(instant).toISOString())
    .optional(),
}) satisfies z.ZodType<Extract<AccessCommand, { type: 'GrantAccess' }>['data']>;

export const revokeAccess = z.strictObject({
  subject,
  grant: id.optional(),
  reason: text(2000).optional(),
}) satisfies z.ZodType<Extract<AccessCommand, { type: 'RevokeAccess' }>['data']>;

/** Something asked about what a subject may do. Only operators ask, on the command line: no route leads here. */
export class ChangeAccess extends Command<Decided> {
  constructor(readonly asked: Asked<AccessCommand>) {
    super();
  }
}

@CommandHandler(ChangeAccess)
export class ChangeAccessHandler implements ICommandHandler<ChangeAccess> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeAccess): Promise<Decided> {
    return this.decisions.make(async (decision) => {
      if (asked.command.type === 'GrantAccess') await mustNameWhatIs(decision, asked.command.data);
      return decision.decide(access, asked, [], {});
    });
  }
}

async function mustNameWhatIs(decision: Decision, { dialogue, party, organisation }: Grant): Promise<void> {
  if (dialogue) {
    await decision.mustExist([{ log: dialogue, kind: 'dialogue', id: dialogue, field: '/dialogue' }]);
    const { parties } = await decision.dialogue(dialogue);
    if (party) partyOf(parties, party, '/party');
  }
  if (organisation) {
    const registered = { log: REGISTRY, kind: 'organisation', id: organisation, field: '/organisation' };
    await decision.mustExist([registered]);
  }
}
