import { hash } from 'node:crypto';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Clock } from '../commands/clock.js';
import { NotFound } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import {
  commitmentReminders,
  contactReminders,
  nextOf,
  type ReminderAnswer,
} from '../reminders/reminder-answers.js';
import { isUnchanged } from './conditional-request.js';
import { Read } from './documented.js';
import { DATABASE, knownOr404 } from './known-dialogue.js';

const reminder = z.object({
  id: z.string(),
  commitment: z.string(),
  step: z.string().meta({ description: 'Step of the policy, such as T-7, week-3 or escalation-21.' }),
  kind: z.enum(['due', 'review', 'silent', 'confirm-text', 'answer-extension', 'attest', 'escalation']),
  party: z.string().meta({ description: 'Whose turn it is.' }),
  dueVersion: z
    .int()
    .meta({ description: 'The event that began the series; another one begins a new series.' }),
  state: z.enum(['planned', 'sending', 'sent', 'uncertain', 'failed', 'skipped', 'cancelled']).meta({
    description: 'uncertain: handed over, and no answer came. skipped: a stronger one went out in its place.',
  }),
  why: z.string(),
  stops: z.string().meta({ description: 'What ends it.' }),
  recipient: z
    .string()
    .optional()
    .meta({ description: 'Id of the contact; for its own side only, as all below.' }),
  plannedFor: z.object({ day: z.iso.date(), hour: z.int(), zone: z.string() }).optional(),
  dueAt: z.string().optional(),
  attempts: z.int().optional(),
  lastAttemptAt: z.string().optional(),
  outcome: z.enum(['sent', 'not-sent', 'uncertain']).optional(),
  smtpCode: z.int().optional(),
  acknowledgedAt: z.string().optional(),
  putOff: z.int().optional().meta({ description: 'How often its recipient put it off.' }),
  handedOverBy: z.string().optional(),
});

export const remindersAnswer = z.object({
  reminders: z.array(reminder).meta({ description: 'In the order of their time.' }),
  next: reminder.optional().meta({ description: 'The one that goes out next.' }),
});

/** Who is reminded of what, why, what became of it and what stops it. */
@ApiTags('Reminders')
@Controller('v1/dialogues/:dialogue')
export class RemindersController {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Get('commitments/:id/reminders')
  @Read(
    'Reminders of a commitment: all of your own side’s, and of others those that went out, without their recipients',
    remindersAnswer,
  )
  async ofCommitment(
    @Param('dialogue') slug: string,
    @Param('id') commitment: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const reminders = await commitmentReminders(this.db, known, commitment);
    if (!reminders)
      throw new NotFound('no-such-commitment', `There is no commitment ${commitment} in ${slug}.`);
    return answer(request, reply, reminders);
  }

  @Get('contacts/:id/reminders')
  @Read('Reminders of a contact of your party: planned, sent, perhaps sent and failed ones', remindersAnswer)
  async ofContact(
    @Param('dialogue') slug: string,
    @Param('id') contact: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await knownOr404(this.db, slug, this.clock.now(), request.actor);
    const reminders = await contactReminders(this.db, known, contact);
    if (!reminders) throw new NotFound('no-such-contact', `There is no contact ${contact} of your party.`);
    return answer(request, reply, reminders);
  }
}

/** The tag is made from the answer itself: what is planned and sent has no position in the log. */
function answer(request: FastifyRequest, reply: FastifyReply, reminders: readonly ReminderAnswer[]) {
  const next = nextOf(reminders);
  const body = { reminders, ...(next && { next }) };
  const digest = hash('sha256', JSON.stringify(body)).slice(0, 16);
  return isUnchanged(request, reply, `reminders-${digest}`) ? undefined : body;
}
