import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { id, partyCode } from '../commands/fields.js';
import { NotFound } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import {
  commitmentAnswer,
  commitmentAnswers,
  commitmentsVersion,
  commitmentVersion,
} from '../read-models/commitment-answers.js';
import { commitmentAsOf } from '../read-models/commitment-as-of.js';
import { commitmentEvents, historyVersion } from '../read-models/history-answers.js';
import { countNames } from '../read-models/standing-today.js';
import { commitmentAnswerSchema, commitmentsAnswer, historyAnswer } from './commitment-schemas.js';
import { isUnchanged } from './conditional-request.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';

const filter = z.strictObject({
  focusArea: id.optional().meta({ description: 'Code of a focus area.' }),
  counted: z
    .enum(countNames)
    .optional()
    .meta({ description: 'Those behind a count of the status, for example overdue.' }),
  party: partyCode.optional().meta({ description: 'Those for which this party is responsible.' }),
  after: id.optional().meta({ description: 'Only those after this id; see `next` in the answer.' }),
  // Not coerced: to Number() an empty text, blanks and 0x10 are numbers too.
  limit: z
    .preprocess((given) => (/^\d{1,3}$/.test(String(given)) ? Number(given) : given), z.int().min(1).max(500))
    .default(100)
    .meta({ default: 100 }),
});

const asOf = z.strictObject({
  effectiveAt: z.iso
    .date()
    .optional()
    .meta({ description: 'As it was true in the world on this day. Corrections reach back.' }),
  knownAt: z
    .union([z.iso.datetime({ offset: true }), z.iso.date().transform((each) => `${each}T23:59:59.999999Z`)])
    .optional()
    .meta({ description: 'As it was recorded by this instant, or by the end of this day in UTC.' }),
});

@ApiTags('Commitments')
@Controller('v1/dialogues/:dialogue/commitments')
export class CommitmentsController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Read('Commitments of a dialogue as they stand, in the order of their ids', commitmentsAnswer)
  async list(
    @Param('dialogue') slug: string,
    @Query({ schema: filter }) query: z.infer<typeof filter>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    if (isUnchanged(request, reply, await commitmentsVersion(this.db, known))) return;
    const found = await commitmentAnswers(this.db, known, { ...query, limit: query.limit + 1 });
    const commitments = found.slice(0, query.limit);
    const last = found.length > query.limit ? commitments.at(-1) : undefined;
    return { commitments, ...(last && { next: nextPage(request.url, last.id) }) };
  }

  @Get(':id')
  @Read(
    'One commitment as it stands, or as it stood on a day and was known at an instant',
    commitmentAnswerSchema,
  )
  async one(
    @Param('dialogue') slug: string,
    @Param('id') commitment: string,
    @Query({ schema: asOf }) moment: z.infer<typeof asOf>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const isPast = moment.effectiveAt !== undefined || moment.knownAt !== undefined;
    const answer = isPast
      ? await commitmentAsOf(this.db, known, commitment, moment)
      : await commitmentAnswer(this.db, known, commitment);
    if (!answer) throw noSuch(commitment, slug);
    return isUnchanged(request, reply, commitmentVersion(answer, known)) ? undefined : answer;
  }

  @Get(':id/history')
  @Read(
    'Every event of a commitment: who, what, when it was true, when recorded, from which source',
    historyAnswer,
  )
  async history(
    @Param('dialogue') slug: string,
    @Param('id') commitment: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const version = await historyVersion(this.db, known);
    const events = await commitmentEvents(this.db, known, commitment);
    if (events.length === 0) throw noSuch(commitment, slug);
    return isUnchanged(request, reply, version) ? undefined : { commitment, events };
  }
}

function noSuch(commitment: string, slug: string): NotFound {
  return new NotFound('no-such-commitment', `There is no commitment ${commitment} in ${slug}.`);
}

function nextPage(url: string, after: string): string {
  const [path, query] = url.split('?');
  const search = new URLSearchParams(query);
  search.set('after', after);
  return `${path}?${search}`;
}
