import { windowOf } from '../domain/calendar.js';
import type { DueChange } from '../domain/commitment/state.js';
import { deadlineOf } from '../domain/due.js';
import { DateShown, InstantShown } from './date-words.js';
import { dueShown, plain } from './event-telling.js';
import { NameOf } from './names.js';
import type { CommitmentShown } from './page-contents.js';

const moves: Readonly<Record<DueChange['how'], string>> = {
  agreed: 'First agreed',
  set: 'Date set',
  resolved: 'Follows what it waits for',
  extended: 'Extended',
  'brought-forward': 'Brought forward',
  reopened: 'Taken up again',
};

/** Every date that held, from the first; shown once there is more than one. */
export function DueMoves(shown: CommitmentShown) {
  const { changes } = shown.commitment.dueHistory;
  if (changes.length < 2) return null;
  return (
    <section aria-labelledby="moves">
      <h2 id="moves">How the due date moved</h2>
      <table class="parts">
        <caption class="unseen">Every due date, from the first</caption>
        <thead>
          <tr>
            <th scope="col">Due</th>
            <th scope="col">How it came about</th>
            <th scope="col">Since when</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, index) => (
            <tr>
              <th scope="row">{dueShown(change.due)}</th>
              <td>
                {moves[change.how]}
                <Terms change={change} before={changes[index - 1]} {...shown} />
              </td>
              <td>
                <DateShown on={change.on} />
                <span class="aside">
                  recorded <InstantShown at={change.recordedAt} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface TermsProps extends Pick<CommitmentShown, 'announcement'> {
  readonly change: DueChange;
  readonly before: DueChange | undefined;
}

/** Who asked, who agreed and why; and whether the date that it moved had passed by then. */
function Terms({ change: { askedBy, grantedBy, reasonCode, on }, before, announcement }: TermsProps) {
  const passed = before && deadlineOf(before.due);
  return (
    <>
      {askedBy && grantedBy && (
        <span class="aside">
          asked by <NameOf code={askedBy} among={announcement.parties} />, granted by{' '}
          <NameOf code={grantedBy} among={announcement.parties} />
          {reasonCode && ` (${plain(reasonCode)})`}
        </span>
      )}
      {passed && windowOf(on).start > passed && (
        <span class="aside late">when the date before had passed</span>
      )}
    </>
  );
}
