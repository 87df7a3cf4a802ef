import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Clock } from '../commands/clock.js';
import { dayIn } from '../domain/calendar.js';
import { NotFound, Refusal } from '../domain/refusal.js';
import type { Database } from '../event-store/database.js';
import { DATABASE } from '../http/known-dialogue.js';
import { commitmentAnswer } from '../read-models/commitment-answers.js';
import { knownDialogue } from '../read-models/status-answers.js';
import type { Link } from '../reminders/links.js';
import {
  colleagueName,
  colleaguesFor,
  type LinkedReminder,
  linkedReminder,
  nextAbout,
} from '../reminders/linked-reminder.js';
import { ReminderAnswering } from '../reminders/reminder-answering.js';
import type { FieldErrors } from './form-field.js';
import { type ReminderShown, reminderPage } from './reminder-page.js';
import { type Answered, noSuchLink } from './link-answer.js';

type ReminderLink = Extract<Link, { reminder: string }>;

/** What went wrong with the button, if anything did. */
interface Trouble {
  readonly errors: FieldErrors;
  readonly refusal?: string;
}

/** The pages about one reminder. */
@Injectable()
export class ReminderPages {
  private readonly answering: ReminderAnswering;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    commands: CommandBus,
    private readonly clock: Clock,
  ) {
    this.answering = new ReminderAnswering(db, commands);
  }

  /** Throws NotFound where nobody is there any more. */
  async show(link: ReminderLink, trouble: Trouble = { errors: {} }): Promise<Answered> {
    const linked = await this.linkedBy(link);
    const now = this.clock.now();
    // As the public sees it: a mail can be passed on.
    const known = await knownDialogue(this.db, link.log, now, undefined);
    if (!known) throw noSuchLink();
    const { named, acts, recipient } = linked;
    const commitment = await commitmentAnswer(this.db, known, named.commitment);
    const shown: ReminderShown = {
      purpose: link.purpose,
      linked,
      announcement: known.announcement,
      commitment,
      colleagues: link.purpose === 'hand-over' ? await colleaguesFor(this.db, linked) : [],
      handedTo:
        acts.handedTo === undefined
          ? undefined
          : await colleagueName(this.db, link.log, named.party, acts.handedTo),
      next: await nextAbout(this.db, linked),
      today: dayIn(recipient.zone, now),
      ...trouble,
    };
    const failed = Object.keys(trouble.errors).length > 0 || trouble.refusal !== undefined;
    return { page: reminderPage(shown), status: failed ? 409 : 200 };
  }

  /** Does what the link is for, once; what a rule refuses is told on the page. */
  async act(
    link: ReminderLink,
    fields: Readonly<Record<string, string>>,
    correlationId: string,
  ): Promise<Answered> {
    const linked = await this.linkedBy(link);
    try {
      await this.carryOut(link, linked, fields, correlationId);
      return await this.show(link);
    } catch (error) {
      if (!(error instanceof Refusal) || (error instanceof NotFound && error.field === undefined))
        throw error;
      return this.show(link, await this.told(error, link, linked));
    }
  }

  private carryOut(
    { purpose }: ReminderLink,
    linked: LinkedReminder,
    fields: Readonly<Record<string, string>>,
    correlationId: string,
  ): Promise<void> {
    if (linked.isCancelled && linked.acts.handedTo === undefined)
      throw new Refusal('no-longer-called-for', 'This reminder no longer stands; nothing was done.');
    switch (purpose) {
      case 'acknowledge':
        return this.answering.acknowledge(linked, correlationId);
      case 'snooze':
        return this.answering.snooze(linked, dayGiven(fields['until']), correlationId);
      case 'hand-over':
        return this.answering.handOver(linked, fields['to'] ?? '', correlationId);
      case 'done':
        throw new Refusal('takes-a-key', 'Nothing was sent: evidence and claims take a key of your side.');
    }
  }

  /** What a refusal says beside the field at fault. Of what is withheld it must not tell the day on which it ends. */
  private async told(error: Refusal, link: ReminderLink, { named }: LinkedReminder): Promise<Trouble> {
    const field = error.field?.slice(1);
    if (field === undefined) return { errors: {}, refusal: error.message };
    const known = await knownDialogue(this.db, link.log, this.clock.now(), undefined);
    const isPublic = known && (await commitmentAnswer(this.db, known, named.commitment));
    const hides = error.code === 'snooze-past-end' && !isPublic;
    return { errors: { [field]: hides ? 'It cannot be put off to that day.' : error.message } };
  }

  private async linkedBy({ log, reminder }: ReminderLink): Promise<LinkedReminder> {
    const linked = await linkedReminder(this.db, log, reminder);
    if (linked) return linked;
    throw noSuchLink();
  }
}

function dayGiven(until: string | undefined): string {
  if (until !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(until)) return until;
  throw new Refusal('no-day', 'Choose a day.', '/until');
}
