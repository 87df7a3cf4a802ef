import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../commands/clock.js';
import { dayIn } from '../domain/calendar.js';
import type { Dialogue } from '../domain/dialogue.js';
import type { Database } from '../event-store/database.js';
import { DATABASE } from '../http/known-dialogue.js';
import { knownDialogue } from '../read-models/status-answers.js';
import { type Link, ReminderLinks } from '../reminders/links.js';
import {
  coverOf,
  preferencesOf,
  type PreferencesShown,
  savePreferences,
  unsubscribe,
} from '../reminders/preferences.js';
import { type Filled, readPreferences } from './preferences-form.js';
import { preferencesPage } from './preferences-page.js';
import { type Answered, noSuchLink } from './link-answer.js';
import { unsubscribePage } from './unsubscribe-page.js';

type PersonLink = Extract<Link, { contact: string }>;

/** The pages about one person: their preferences, and unsubscribing. */
@Injectable()
export class PersonPages {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(ReminderLinks) private readonly links: ReminderLinks,
    private readonly clock: Clock,
  ) {}

  async show(link: PersonLink): Promise<Answered> {
    const shown = await this.shownBy(link);
    if (link.purpose === 'unsubscribe') return this.unsubscribing(shown);
    return { page: preferencesPage({ ...shown, errors: {}, saved: false }), status: 200 };
  }

  async act(link: PersonLink, fields: Filled): Promise<Answered> {
    return link.purpose === 'unsubscribe' ? this.unsubscribe(link, fields) : this.save(link, fields);
  }

  /** One click of a mail program (RFC 8058) or the button of the page; a POST that says neither changes nothing. */
  private async unsubscribe(link: PersonLink, fields: Filled): Promise<Answered> {
    await this.shownBy(link);
    const isMeant = fields['List-Unsubscribe'] === 'One-Click';
    if (isMeant) await unsubscribe(this.db, link.log, link.contact);
    return { ...(await this.unsubscribing(await this.shownBy(link))), ...(!isMeant && { status: 400 }) };
  }

  private async save(link: PersonLink, filled: Filled): Promise<Answered> {
    const shown = await this.shownBy(link);
    const read = readPreferences(filled, shown.person, shown.today);
    if ('errors' in read) {
      return { page: preferencesPage({ ...shown, filled, errors: read.errors, saved: false }), status: 400 };
    }
    await savePreferences(this.db, link.log, link.contact, read.chosen);
    return { page: preferencesPage({ ...(await this.shownBy(link)), errors: {}, saved: true }), status: 200 };
  }

  private async unsubscribing({ announcement, person, today }: Shown): Promise<Answered> {
    const about = { log: person.log, contact: person.id };
    const address = await this.links.linkFor('preferences', about, this.clock.now());
    const cover = coverOf(person, today);
    return {
      page: unsubscribePage({ announcement, person, cover, preferencesAddress: address }),
      status: 200,
    };
  }

  private async shownBy({ log, contact }: PersonLink): Promise<Shown> {
    const now = this.clock.now();
    const person = await preferencesOf(this.db, log, contact);
    const known = await knownDialogue(this.db, log, now, undefined);
    if (!person || !known) throw noSuchLink();
    return { announcement: known.announcement, person, today: dayIn(person.zone, now) };
  }
}

interface Shown {
  readonly announcement: Dialogue;
  readonly person: PreferencesShown;
  readonly today: string;
}
