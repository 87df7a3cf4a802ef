import type { Dialogue } from '../domain/dialogue.js';
import type { PreferencesShown } from '../reminders/preferences.js';
import { Text } from './language.js';
import { InventedNotice, pageOf } from './layout.js';
import { nameOf } from './names.js';

interface UnsubscribeShown {
  readonly announcement: Dialogue;
  readonly person: PreferencesShown;
  /** Who gets the reminders instead. */
  readonly cover: readonly { readonly name: string }[];
  /** The preferences of the person, where mails are taken up again. */
  readonly preferencesAddress: string;
}

/** The page behind "unsubscribe": a button, and what pressing it means; or what it has meant. */
export function unsubscribePage({
  announcement,
  person,
  cover,
  preferencesAddress,
}: UnsubscribeShown): string {
  const stopped = person.unsubscribedAt !== null;
  const title = stopped ? 'You have stopped these mails' : 'Stop these mails';
  return pageOf({
    title,
    children: (
      <article class="act">
        <InventedNotice of={announcement} />
        <div class="opening">
          <p class="reference">Reminders</p>
          <h1>{title}</h1>
          <p class="lead">
            <Text of={announcement.titles} />, to {person.name}, {nameOf(person.party, announcement.parties)}
          </p>
        </div>
        <section class="action" aria-label={title}>
          <Effect stopped={stopped} cover={cover} />
          {!stopped && (
            <form method="post">
              <input type="hidden" name="List-Unsubscribe" value="One-Click" />
              <button type="submit">
                {cover.length === 0 ? 'Stop all but one mail a day' : 'Stop these mails'}
              </button>
            </form>
          )}
          <p class="note">
            Another hour, one mail a day, days away, or mails again:{' '}
            <a href={preferencesAddress}>your preferences</a>.
          </p>
        </section>
      </article>
    ),
  });
}

/** A reminder can be moved to a colleague, not silenced without one (domain.md 7). */
function Effect({ stopped, cover }: { stopped: boolean } & Pick<UnsubscribeShown, 'cover'>) {
  if (cover.length === 0)
    return (
      <p role={stopped ? 'status' : undefined}>
        {stopped ? 'Your wish is kept, and yet' : 'What is due must reach someone, and'} nobody else of your
        side can be reminded: until your secretariat names a colleague, or you name a stand-in, you{' '}
        {stopped ? '' : 'will '}go on getting one mail a day, on days when something is due.
      </p>
    );
  const names = new Intl.ListFormat('en-GB').format(cover.map(({ name }) => name));
  return stopped ? (
    <p class="done" role="status">
      You get no more reminders. What is meant for you goes to {names}.
    </p>
  ) : (
    <p>What is due must reach someone: what is meant for you will go to {names}.</p>
  );
}
