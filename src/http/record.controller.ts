import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import type { Database } from '../event-store/database.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';
import { listOr304 } from './record-reads.js';

const listOf = (name: string) => z.object({ [name]: z.array(z.looseObject({})) });

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
    await knownOr404(this.db, slug, this.clock.now());
    const rounds = await listOr304(this.db, slug, 'round', request, reply);
    return rounds && { rounds };
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
}
