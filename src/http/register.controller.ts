import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { REGISTRY } from '../commands/asked.js';
import { day } from '../commands/fields.js';
import { type Day, windowOf } from '../domain/calendar.js';
import type { Database } from '../event-store/database.js';
import { nameOn } from '../read-models/documents/coded-document.js';
import type { Documents } from '../read-models/record-answers.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';
import { listOr304, oneOr304 } from './record-reads.js';
import { focusAreaAnswer, officeAnswer, organisationAnswer, sourceAnswer } from './register-answers.js';

const asOf = z.strictObject({
  on: day.optional().meta({ description: 'A day: the answer says the name that held on it.' }),
});
type AsOf = z.infer<typeof asOf>;

/** What is known by a code, and the documents that statements rest on. */
@ApiTags('Register')
@Controller('v1')
export class RegisterController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get('organisations')
  @Read('Organisations that dialogues share', z.object({ organisations: z.array(organisationAnswer) }))
  async organisations(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const organisations = await listOr304(this.db, REGISTRY, 'organisation', request, reply);
    return organisations && { organisations };
  }

  @Get('organisations/:code')
  @Read('One organisation with all its names, and the name that held on a day', organisationAnswer)
  organisation(
    @Param('code') code: string,
    @Query({ schema: asOf }) query: AsOf,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.named(REGISTRY, 'organisation', code, query, request, reply);
  }

  @Get('offices')
  @Read('Offices: posts, apart from whoever holds them', z.object({ offices: z.array(officeAnswer) }))
  async offices(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const offices = await listOr304(this.db, REGISTRY, 'office', request, reply);
    return offices && { offices };
  }

  @Get('offices/:code')
  @Read('One office with all its titles, and the title that held on a day', officeAnswer)
  office(
    @Param('code') code: string,
    @Query({ schema: asOf }) query: AsOf,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.named(REGISTRY, 'office', code, query, request, reply);
  }

  @Get('dialogues/:dialogue/focus-areas')
  @Read('Focus areas of a dialogue with all their names', z.object({ focusAreas: z.array(focusAreaAnswer) }))
  async focusAreas(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const focusAreas = await listOr304(this.db, slug, 'focus-area', request, reply);
    return focusAreas && { focusAreas };
  }

  @Get('dialogues/:dialogue/focus-areas/:code')
  @Read('One focus area with all its names, and the name that held on a day', focusAreaAnswer)
  async focusArea(
    @Param('dialogue') slug: string,
    @Param('code') code: string,
    @Query({ schema: asOf }) query: AsOf,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now(), request.actor);
    return this.named(slug, 'focus-area', code, query, request, reply);
  }

  @Get('dialogues/:dialogue/sources')
  @Read('Source documents of a dialogue, with their standing', z.object({ sources: z.array(sourceAnswer) }))
  async sources(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const sources = await listOr304(this.db, slug, 'source-document', request, reply);
    return sources && { sources };
  }

  @Get('dialogues/:dialogue/sources/:id')
  @Read('One source document with its copies and translations', sourceAnswer)
  async source(
    @Param('dialogue') slug: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now(), request.actor);
    return oneOr304(this.db, slug, 'source-document', id, request, reply);
  }

  /** What has a code, with its name on a day where one is asked for. */
  private async named(
    log: string,
    kind: Extract<keyof Documents, 'focus-area' | 'organisation' | 'office'>,
    code: string,
    { on }: { readonly on?: Day | undefined },
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    if (on) windowOf(on, '/on');
    const document = await oneOr304(this.db, log, kind, code, request, reply);
    if (!document || !on) return document;
    return { ...document, nameOn: { day: on, ...nameOn<object>(document.nameHistory, on) } };
  }
}
