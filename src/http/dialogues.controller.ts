import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { announceDialogue, ChangeDialogue } from '../commands/dialogue.js';
import { takeApart } from '../commands/fields.js';
import { ChangeFocusArea, defineFocusArea } from '../commands/focus-area.js';
import type { Database } from '../event-store/database.js';
import { knownDialogues } from '../read-models/status-answers.js';
import { Caller, Changes } from './changes.js';
import { isUnchanged } from './conditional-request.js';
import { Change, Read } from './documented.js';
import { Needs } from './key.guard.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';

@ApiTags('Dialogues')
@Controller('v1/dialogues')
export class DialoguesController {
  constructor(
    private readonly changes: Changes,
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Read('Every dialogue on record', z.object({ dialogues: z.array(announceDialogue) }))
  async list() {
    const known = await knownDialogues(this.db, this.clock.now());
    return { dialogues: known.map(({ announcement }) => announcement) };
  }

  @Get(':dialogue')
  @Read('One dialogue: its titles, parties and level', announceDialogue)
  async one(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { announcement, position } = await knownOr404(this.db, slug, this.clock.now());
    return isUnchanged(request, reply, String(position)) ? undefined : announcement;
  }

  @Post()
  @Needs('AnnounceDialogue')
  @Change('Announce a dialogue', 'creates')
  announce(
    @Body({ schema: announceDialogue }) body: z.infer<typeof announceDialogue>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    return this.changes.make(
      caller,
      new ChangeDialogue({
        ...caller.asks,
        log: data.slug,
        id: data.slug,
        command: { type: 'AnnounceDialogue', data },
        said,
      }),
      `/v1/dialogues/${data.slug}`,
    );
  }

  @Post(':dialogue/focus-areas')
  @Needs('DefineFocusArea')
  @Change('Define a focus area', 'creates')
  define(
    @Param('dialogue') log: string,
    @Body({ schema: defineFocusArea }) body: z.infer<typeof defineFocusArea>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    return this.changes.make(
      caller,
      new ChangeFocusArea({
        ...caller.asks,
        log,
        id: data.code,
        command: { type: 'DefineFocusArea', data },
        said,
      }),
      `/v1/dialogues/${log}/focus-areas/${data.code}/status`,
    );
  }
}
