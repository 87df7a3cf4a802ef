import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../commands/clock.js';
import { HeldByAddress } from '../http/access.guard.js';
import { type Link, ReminderLinks } from '../reminders/links.js';
import { type Answered, noSuchLink } from './link-answer.js';
import { asPrivatePage } from './page-answer.js';
import { PersonPages } from './person-pages.js';
import { ReminderPageFilter } from './reminder-page.filter.js';
import { ReminderPages } from './reminder-pages.js';

/**
 * Pages behind the links in mails. The token in the address is what permits it: there is no session that another site could
 * make use of. A GET changes nothing, since programs that look through mails open every link; only the button does.
 */
@ApiExcludeController()
@UseFilters(ReminderPageFilter)
@Controller('reminders')
export class ReminderPagesController {
  constructor(
    @Inject(ReminderLinks) private readonly links: ReminderLinks,
    private readonly reminders: ReminderPages,
    private readonly people: PersonPages,
    private readonly clock: Clock,
  ) {}

  @Get(':token')
  async show(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const link = await this.linkIn(token);
    return answer(reply, await ('reminder' in link ? this.reminders.show(link) : this.people.show(link)));
  }

  @Post(':token')
  @HttpCode(200)
  @HeldByAddress(true)
  async act(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const link = await this.linkIn(token);
    const fields = fieldsIn(body);
    const acted =
      'reminder' in link ? this.reminders.act(link, fields, request.id) : this.people.act(link, fields);
    return answer(reply, await acted);
  }

  private async linkIn(token: string): Promise<Link> {
    const link = await this.links.read(token, this.clock.now());
    if (link) return link;
    throw noSuchLink();
  }
}

function answer(reply: FastifyReply, { page, status }: Answered): string {
  void asPrivatePage(reply).status(status);
  return page;
}

function fieldsIn(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((each): each is [string, string] => typeof each[1] === 'string'),
  );
}
