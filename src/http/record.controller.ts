import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { REGISTRY } from '../commands/decisions.js';
import type { Database } from '../event-store/database.js';
import {
  type Documents,
  listed,
  listedFor,
  listedVersion,
  recordVersion,
} from '../read-models/record-answers.js';
import type { KnownDialogue } from '../read-models/status-answers.js';
import { isUnchanged } from './conditional-request.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';

const listOf = (name: string) => z.object({ [name]: z.array(z.looseObject({})) });

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
    const organisations = await this.list(REGISTRY, 'organisation', request, reply);
    return organisations && { organisations };
  }

  @Get('dialogues/:dialogue/rounds')
  @Read('Rounds of a dialogue, with co-chairs', listOf('rounds'))
  async rounds(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const rounds = await this.listFor(known, 'round', request, reply);
    return rounds && { rounds };
  }

  @Get('dialogues/:dialogue/sources')
  @Read('Source documents of a dialogue, with their standing', listOf('sources'))
  async sources(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const sources = await this.list(slug, 'source-document', request, reply);
    return sources && { sources };
  }

  @Get('dialogues/:dialogue/follow-ups')
  @Read('Follow-ups of a dialogue, planned and held', listOf('followUps'))
  async followUps(
    @Param('dialogue') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const followUps = await this.listFor(known, 'follow-up', request, reply);
    return followUps && { followUps };
  }

  private async listFor<Kind extends 'round' | 'follow-up'>(
    known: KnownDialogue,
    kind: Kind,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Documents[Kind][] | undefined> {
    const version = await listedVersion(this.db, known);
    return isUnchanged(request, reply, version) ? undefined : listedFor(this.db, known, kind);
  }

  private async list<Kind extends 'organisation' | 'source-document'>(
    log: string,
    kind: Kind,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Documents[Kind][] | undefined> {
    // Read before the list: a tag that is too old costs a poll, one that is too new would hide a change.
    const version = await recordVersion(this.db, log);
    return isUnchanged(request, reply, version) ? undefined : listed(this.db, log, kind);
  }
}
