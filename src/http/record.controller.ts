import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { REGISTRY } from '../commands/decisions.js';
import type { Database } from '../event-store/database.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';
import { listOr304, oneOr304 } from './record-reads.js';

const document = z.looseObject({});
const listOf = (name: string) => z.object({ [name]: z.array(document) });

@ApiTags('Record')
@Controller('v1')
export class RecordController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get('organisations')
  @Read('Organisations that dialogues share', listOf('organisations'))
  async organisations(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const organisations = await listOr304(this.db, REGISTRY, 'organisation', request, reply);
    return organisations && { organisations };
  }

  @Get('dialogues/:dialogue/rounds')
  @Read('Rounds of a dialogue, with co-chairs', listOf('rounds'))
  async rounds(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now());
    const rounds = await listOr304(this.db, slug, 'round', request, reply);
    return rounds && { rounds };
  }

  @Get('dialogues/:dialogue/rounds/:number')
  @Read(
    'One round: its plan, every move, co-chairs, outcome documents, what its close carried over',
    document,
  )
  async round(
    @Param('dialogue') slug: string,
    @Param('number') number: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now());
    return oneOr304(this.db, slug, 'round', number, request, reply);
  }

  @Get('dialogues/:dialogue/sources')
  @Read('Source documents of a dialogue, with their standing', listOf('sources'))
  async sources(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now());
    const sources = await listOr304(this.db, slug, 'source-document', request, reply);
    return sources && { sources };
  }

  @Get('dialogues/:dialogue/follow-ups')
  @Read('Follow-ups of a dialogue, planned and held', listOf('followUps'))
  async followUps(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now());
    const followUps = await listOr304(this.db, slug, 'follow-up', request, reply);
    return followUps && { followUps };
  }

  @Get('dialogues/:dialogue/follow-ups/:id')
  @Read('One follow-up: its plan, every move, attendance, what came of it', document)
  async followUp(
    @Param('dialogue') slug: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now());
    return oneOr304(this.db, slug, 'follow-up', id, request, reply);
  }
}
