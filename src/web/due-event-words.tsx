import { DateShown } from './date-words.js';
import { by, dueShown, Party, plain, type Telling } from './event-telling.js';

type DueEvent =
  | 'DueDateSet'
  | 'DueDateResolved'
  | 'ExtensionRequested'
  | 'ExtensionGranted'
  | 'ExtensionRefused'
  | 'DueDateBroughtForward';

/** By when, and who moved that. */
export const dueEventWords: Telling<DueEvent> = {
  DueDateSet: ({ due }) => ({ what: 'Due date set', details: dueShown(due) }),
  DueDateResolved: ({ window, round }) => ({
    what:
      round === undefined
        ? 'The event that the due date waits for happened'
        : `Due date follows round ${round}`,
    details: window ? (
      <>
        Counted to <DateShown on={window.end} />
      </>
    ) : (
      'No day to count to until the round has a date'
    ),
  }),
  ExtensionRequested: by('asked for more time', ({ due, reasonCode }) => (
    <>
      {dueShown(due)} ({plain(reasonCode)})
    </>
  )),
  ExtensionGranted: ({ party, grantedBy, due, complete }, names) => ({
    what: (
      <>
        <Party code={grantedBy} {...names} /> granted <Party code={party} {...names} /> more time
      </>
    ),
    details: complete ? dueShown(due) : 'The date moves when every other side has granted it.',
  }),
  ExtensionRefused: ({ party, refusedBy }, names) => ({
    what: (
      <>
        <Party code={refusedBy} {...names} /> refused <Party code={party} {...names} /> more time
      </>
    ),
  }),
  DueDateBroughtForward: ({ due }) => ({ what: 'Due date brought forward', details: dueShown(due) }),
};
