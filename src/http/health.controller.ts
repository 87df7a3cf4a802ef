import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Database } from '../event-store/database.js';
import { parkedLogs } from '../event-store/parked.js';
import { LONGEST_WAIT, remindersWaiting } from '../reminders/waiting.js';
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
   * Ready when the record can be read, no subscription has set a log aside, and no reminder has been due for a quarter of
   * an hour without going out; a worker that runs and sends nothing is seen by that. Why one did is for operators
   * (`pacta doctor`): the words of an error may quote what is confidential.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.header('cache-control', 'no-store');
    try {
      const parked = (await parkedLogs(this.db)).map(({ why: _withheld, ...shown }) => shown);
      const reminders = await remindersWaiting(this.db);
      const isWell = parked.length === 0 && reminders.oldestDueSeconds <= LONGEST_WAIT;
      return { status: isWell ? 'ok' : 'degraded', parked, reminders };
    } catch {
      void reply.status(503);
      return { status: 'unavailable', why: 'The database cannot be reached.' };
    }
  }
}
