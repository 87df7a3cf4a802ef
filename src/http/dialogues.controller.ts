import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import type { Database } from '../event-store/database.js';
import { digestOf } from '../event-store/entry.js';
import { knownDialogues, rebuildsKey } from '../read-models/status-answers.js';
import { dialogueAnswer } from './answers.js';
import { isUnchanged } from './conditional-request.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';

@ApiTags('Dialogues')
@Controller('v1/dialogues')
export class DialoguesController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Read('Every dialogue on record', z.object({ dialogues: z.array(dialogueAnswer) }))
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const known = await knownDialogues(this.db, this.clock.now(), request.actor);
    const dialogues = known.map(({ announcement }) => announcement);
    // Of the answer itself: logs grow all the time, and a sum over them is no position that If-Match could mean.
    return isUnchanged(request, reply, `all-${digestOf(dialogues).slice(0, 12)}`) ? undefined : { dialogues };
  }

  @Get(':dialogue')
  @Read('One dialogue: its titles, parties and level', dialogueAnswer)
  async one(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const version = `${known.position}${rebuildsKey(known)}`;
    return isUnchanged(request, reply, version) ? undefined : known.announcement;
  }
}
