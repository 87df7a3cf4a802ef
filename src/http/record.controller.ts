import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import type { Database } from '../event-store/database.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';
import { listFor, oneFor } from './record-reads.js';

const document = z.looseObject({});
const listOf = (name: string) => z.object({ [name]: z.array(document) });

@ApiTags('Record')
@Controller('v1')
export class RecordController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get('dialogues/:dialogue/rounds')
  @Read('Rounds of a dialogue, with co-chairs', listOf('rounds'))
  async rounds(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const rounds = await listFor(this.db, known, 'round', request, reply);
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
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    return oneFor(this.db, known, 'round', number, request, reply);
  }

  @Get('dialogues/:dialogue/follow-ups')
  @Read('Follow-ups of a dialogue, planned and held', listOf('followUps'))
  async followUps(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const followUps = await listFor(this.db, known, 'follow-up', request, reply);
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
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    return oneFor(this.db, known, 'follow-up', id, request, reply);
  }
}
