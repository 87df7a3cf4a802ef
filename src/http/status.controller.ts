import { hash } from 'node:crypto';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../commands/clock.js';
import { NotFound } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { RecentStatuses } from '../read-models/recent-statuses.js';
import { knownDialogues, statusVersion } from '../read-models/status-answers.js';
import { dialogueStatusAnswer, focusAreaStatusAnswer, statusAnswer } from './answers.js';
import { isUnchanged } from './conditional-request.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';

@ApiTags('Status')
@Controller('v1')
export class StatusController {
  private readonly statuses: RecentStatuses;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {
    this.statuses = new RecentStatuses(db);
  }

  @Get('status')
  @Read('How every dialogue and each of its focus areas stands', statusAnswer)
  async all(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const known = await knownDialogues(this.db, this.clock.now(), request.actor);
    const version = hash('sha256', known.map(statusVersion).join()).slice(0, 12);
    const position = known.reduce((sum, each) => sum + each.position, 0);
    // Not led by a number: a sum over logs is no position that If-Match could mean.
    if (isUnchanged(request, reply, `all-${position}-${version}`)) return;
    return { dialogues: await Promise.all(known.map((each) => this.statuses.of(each))) };
  }

  @Get('dialogues/:dialogue/status')
  @Read('How a dialogue and each of its focus areas stands', dialogueStatusAnswer)
  async one(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    if (isUnchanged(request, reply, statusVersion(known))) return;
    return this.statuses.of(known);
  }

  @Get('dialogues/:dialogue/focus-areas/:code/status')
  @Read('How one focus area stands', focusAreaStatusAnswer)
  async focusArea(
    @Param('dialogue') slug: string,
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const { focusAreas } = await this.statuses.of(known);
    const area = focusAreas.find((each) => each.code === code);
    if (!area) throw new NotFound('no-such-focus-area', `There is no focus area ${code} in ${slug}.`);
    return isUnchanged(request, reply, statusVersion(known)) ? undefined : area;
  }
}
