import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Database } from '../event-store/database.js';
import { parkedLogs } from '../event-store/parked.js';
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

  /**
   * Ready when the record can be read and no subscription has set a log aside. Why one did is for operators
   * (`pacta doctor`): the words of an error may quote what is confidential.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('cache-control', 'no-store');
    try {
      const parked = (await parkedLogs(this.db)).map(({ why: _withheld, ...shown }) => shown);
      return { status: parked.length === 0 ? 'ok' : 'degraded', parked };
    } catch {
      void reply.status(503);
      return { status: 'unavailable', why: 'The database cannot be reached.' };
    }
  }
}
