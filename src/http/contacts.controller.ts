import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { id, line, zone } from '../commands/fields.js';
import { DEFAULT_HOUR } from '../domain/reminder-policy.js';
import { Forbidden } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { Directory } from '../reminders/directory.js';
import { Needs } from './access.guard.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';
import { invalid } from './problem.js';

const contact = z.strictObject({
  name: line(200),
  address: z.email().max(254),
  zone: zone.meta({ description: 'Time zone in which days and hours are counted for this person.' }),
  hour: z
    .int()
    .min(0)
    .max(23)
    .default(DEFAULT_HOUR)
    .meta({ description: 'Local hour at which reminders are sent.' }),
});

/** Whom a party wants to have reminded. Kept beside the log, so that it can be erased. */
@ApiTags('Contacts')
@ApiBearerAuth()
@Controller('v1/dialogues/:dialogue/contacts')
export class ContactsController {
  constructor(
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('ManageContacts')
  @ApiOperation({ summary: 'Contacts of your party' })
  async list(@Param('dialogue') slug: string, @Req() request: FastifyRequest) {
    await knownOr404(this.db, slug, this.clock.now(), request.actor);
    return { contacts: await this.directory.list(slug, partyOf(request)) };
  }

  @Put(':id')
  @Needs('ManageContacts')
  @ApiOperation({ summary: 'Name a contact of your party, or change one; reminders are planned anew' })
  async put(
    @Param('dialogue') slug: string,
    @Param('id') contactId: string,
    @Body({ schema: contact }) body: z.infer<typeof contact>,
    @Req() request: FastifyRequest,
  ) {
    const wellFormed = id.safeParse(contactId);
    if (!wellFormed.success) throw invalid(wellFormed.error.issues);
    await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const named = { id: contactId, party: partyOf(request), ...body };
    await this.directory.put(slug, named);
    return named;
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('ManageContacts')
  @ApiOperation({ summary: 'Erase a contact; what is planned for it is cancelled' })
  async erase(
    @Param('dialogue') slug: string,
    @Param('id') contactId: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.directory.erase(slug, contactId, partyOf(request));
  }
}

function partyOf(request: FastifyRequest): string {
  const party = request.actor?.party;
  if (party) return party;
  throw new Forbidden('no-party', 'Contacts belong to a party; your key speaks for none.');
}
