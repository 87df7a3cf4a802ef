import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../commands/clock.js';
import { NotFound } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { recordedFor } from '../read-models/record-answers.js';
import { stockTake, stockTakeVersion } from '../read-models/stock-take.js';
import { stockTakeAnswer } from './answers.js';
import { isUnchanged } from './conditional-request.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';

@ApiTags('Record')
@Controller('v1/dialogues/:dialogue/rounds/:number/stock-take')
export class StockTakeController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Read('What a round has before it, as things stand: open, undecided, verified and ended', stockTakeAnswer)
  async read(
    @Param('dialogue') slug: string,
    @Param('number') number: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const version = await stockTakeVersion(this.db, known);
    const round = await recordedFor(this.db, known, 'round', number);
    if (!round) throw new NotFound('no-such-round', `There is no round ${number} in ${slug}.`);
    return isUnchanged(request, reply, version) ? undefined : stockTake(this.db, known, round);
  }
}
