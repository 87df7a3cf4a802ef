import type { Dialogue } from '../domain/dialogue.js';
import type { Preferences, PreferencesShown } from '../reminders/preferences.js';
import { countries } from './countries.js';
import { DateShown } from './date-words.js';
import { Choice, type FieldErrors, Input, Select } from './form-field.js';
import { Text } from './language.js';
import { InventedNotice, pageOf } from './layout.js';
import { nameOf } from './names.js';
import type { Filled } from './preferences-form.js';
import { roleInWords } from './reminder-words.js';

interface PreferencesPage {
  readonly announcement: Dialogue;
  readonly person: PreferencesShown;
  /** As it was filled in, where something of it is wrong. */
  readonly filled?: Filled | undefined;
  readonly errors: FieldErrors;
  readonly saved: boolean;
  /** The day it is for the person. */
  readonly today: string;
}

const zones = Intl.supportedValuesOf('timeZone');
const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));
const languages = [
  { value: 'en', label: 'English' },
  { value: 'ja', label: '日本語 (Japanese)' },
  { value: 'hi', label: 'हिन्दी (Hindi)' },
];

/** The page on which someone says when and how they want to be reminded. */
export function preferencesPage(shown: PreferencesPage): string {
  const { announcement, person, saved, errors } = shown;
  const wrong = Object.keys(errors).length;
  return pageOf({
    title: wrong > 0 ? 'Not saved: your reminders' : 'Your reminders',
    children: (
      <article class="act">
        <InventedNotice of={announcement} />
        <div class="opening">
          <p class="reference">Preferences</p>
          <h1>Your reminders</h1>
          <p class="lead">
            <Text of={announcement.titles} />, to {person.name}, {nameOf(person.party, announcement.parties)}
          </p>
        </div>
        <section class="action" aria-label="Your preferences">
          {saved && (
            <p class="done" role="status">
              Saved. What is planned for you has moved accordingly.
            </p>
          )}
          {wrong > 0 && (
            <p class="wrong" role="alert">
              Nothing was saved: {wrong === 1 ? 'one field needs' : `${wrong} fields need`} your attention.
            </p>
          )}
          <Form {...shown} />
        </section>
      </article>
    ),
  });
}

function Form({ person, filled, errors, today }: PreferencesPage) {
  const values = filled ?? filledFrom(person);
  const of = (name: string) => values[name] ?? '';
  return (
    <form method="post" novalidate>
      {person.unsubscribedAt !== null && (
        <fieldset class="field">
          <legend>
            You have stopped these mails on <DateShown on={person.unsubscribedAt.slice(0, 10)} />
          </legend>
          <label class="option">
            <input type="checkbox" name="resume" value="yes" checked={of('resume') === 'yes'} /> Send me
            reminders again
          </label>
        </fieldset>
      )}
      <h2>When</h2>
      <div class="fields">
        <Select name="hour" label="Hour" errors={errors} value={of('hour')} options={hours} />
        <Input
          name="zone"
          label="Time zone"
          hint="Your days and hours are counted here."
          errors={errors}
          input={{ list: 'zones', value: of('zone'), required: true, autocomplete: 'off', spellcheck: false }}
        />
        <datalist id="zones">
          {zones.map((zone) => (
            <option value={zone} />
          ))}
        </datalist>
        <Select
          name="country"
          label="Public holidays of"
          hint="You get no reminder on them, nor on weekends."
          errors={errors}
          value={of('country')}
          options={[
            { value: '', label: 'No country: weekends only' },
            ...countries.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      </div>
      <h2>How</h2>
      <div class="fields">
        <Choice
          name="digest"
          label="Mails"
          value={of('digest')}
          options={[
            { value: 'daily', label: 'One a day, with all that is due' },
            { value: 'single', label: 'One for each reminder' },
          ]}
        />
        <Select
          name="language"
          label="Language of mails"
          errors={errors}
          value={of('language')}
          options={languages}
        />
      </div>
      <h2>Away</h2>
      <div class="fields">
        <Input
          name="awayUntil"
          label="Away until"
          hint="The last day on which you are away; empty when you are there."
          errors={errors}
          input={{ type: 'date', min: today, value: of('awayUntil') }}
        />
        <Select
          name="standIn"
          label="Stand-in"
          hint={
            person.colleagues.length > 0
              ? 'Gets your reminders while you are away, or when you have stopped them.'
              : 'Nobody else of your side is named yet; your secretariat can do so.'
          }
          errors={errors}
          value={of('standIn')}
          options={[
            { value: '', label: 'Nobody' },
            ...person.colleagues.map(({ id, name, role }) => ({
              value: id,
              label: `${name}, ${roleInWords(role)}`,
            })),
          ]}
        />
      </div>
      <button type="submit">Save</button>
    </form>
  );
}

function filledFrom(person: Preferences): Filled {
  return {
    zone: person.zone,
    hour: String(person.hour),
    digest: person.digest ? 'daily' : 'single',
    language: person.language,
    country: person.country ?? '',
    awayUntil: person.awayUntil ?? '',
    standIn: person.standIn ?? '',
  };
}
