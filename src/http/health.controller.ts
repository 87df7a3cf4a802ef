import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sql } from 'kysely';
import type { Database } from '../event-store/database.js';
import { DATABASE } from './known-dialogue.js';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** Restarting helps when this does not answer. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** Ready when the record can be read and no subscription has set a log aside. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('cache-control', 'no-store');
    try {
      const { rows: parked } = await sql`
        select subscription, log_id as log, position, parked_at as since, parked_why as why
          from checkpoint where parked_at is not null order by 1, 2`.execute(this.db);
      return { status: parked.length === 0 ? 'ok' : 'degraded', parked };
    } catch {
      void reply.status(503);
      return { status: 'unavailable', why: 'The database cannot be reached.' };
    }
  }
}
