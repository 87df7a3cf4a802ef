import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { day, id, line, zone } from '../commands/fields.js';
import { DEFAULT_HOUR } from '../domain/reminder-policy.js';
import { contactRoles } from '../domain/reminder-recipients.js';
import { Forbidden } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { Directory, mailLanguages, type NamedContact } from '../reminders/directory.js';
import { HOLIDAYS_FROM } from '../reminders/quiet-days.js';
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
  role: z
    .enum(contactRoles)
    .default('focal-point')
    .meta({ description: 'In which role this person is reminded.' }),
  language: z.enum(mailLanguages).default('en').meta({ description: 'Language of the mails.' }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two letters (ISO 3166-1), such as JP')
    .optional()
    .meta({
      description: `No reminder comes on its weekends and public holidays (${HOLIDAYS_FROM}). Absent: Saturdays and Sundays.`,
    }),
  digest: z.boolean().default(true).meta({ description: 'One mail a day, or one for each reminder.' }),
  awayUntil: day
    .optional()
    .meta({ description: 'Up to and including this day the stand-in is reminded instead.' }),
  standIn: id.optional().meta({ description: 'Another contact of your party.' }),
}) satisfies z.ZodType<Omit<NamedContact, 'id' | 'party'>>;

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
