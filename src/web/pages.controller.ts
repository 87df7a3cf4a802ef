import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { id, slug } from '../commands/fields.js';
import type { Database } from '../event-store/database.js';
import { DATABASE } from '../http/known-dialogue.js';
import { countNames } from '../read-models/standing-today.js';
import { commitmentPage } from './commitment-page.js';
import { commitmentsPage } from './commitments-page.js';
import { dialoguesPage } from './dialogues-page.js';
import { answered } from './page-answer.js';
import { commitmentShown, dialoguesShown, listShown } from './page-contents.js';
import { PageFilter } from './page.filter.js';
import { styleSheet, styleVersion } from './stylesheet.js';

const inDialogue = z.object({ dialogue: slug });
const ofCommitment = z.object({ dialogue: slug, id });

/** What it does not know is let pass: links that are shared grow parameters of their own. */
const filter = z.object({
  focusArea: id.optional(),
  counted: z.enum(countNames).optional(),
  after: id.optional(),
});

/** Pages for people. The stylesheet is all that they fetch. */
@ApiExcludeController()
@UseFilters(PageFilter)
@Controller()
export class PagesController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  async dialogues(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const shown = await dialoguesShown(this.db, this.clock.now(), request.actor);
    return answered(request, reply, dialoguesPage(shown));
  }

  @Get('dialogues/:dialogue/commitments')
  async commitments(
    @Param({ schema: inDialogue }) { dialogue }: z.infer<typeof inDialogue>,
    @Query({ schema: filter }) query: z.infer<typeof filter>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const shown = await listShown(this.db, dialogue, query, this.clock.now(), request.actor);
    return answered(request, reply, commitmentsPage(shown));
  }

  @Get('dialogues/:dialogue/commitments/:id')
  async commitment(
    @Param({ schema: ofCommitment }) params: z.infer<typeof ofCommitment>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const shown = await commitmentShown(this.db, params.dialogue, params.id, this.clock.now(), request.actor);
    return answered(request, reply, commitmentPage(shown));
  }

  @Get('style.css')
  style(@Query('v') version: string | undefined, @Res({ passthrough: true }) reply: FastifyReply) {
    // Under an address of another version it must not be kept: it is not what that address promises.
    const kept = version === styleVersion ? 'public, max-age=31536000, immutable' : 'no-cache';
    void reply
      .header('content-type', 'text/css; charset=utf-8')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', kept);
    return styleSheet;
  }
}
