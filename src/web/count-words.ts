import type { CountName } from '../read-models/standing-today.js';

interface CountWords {
  /** Heads its column. */
  readonly label: string;
  /** Heads the list behind it. */
  readonly heading: string;
  /** Says what is counted. */
  readonly meaning: string;
  /** True where a number other than 0 asks someone to act. */
  readonly pressing?: boolean;
}

/** What each count is called and what it means (domain.md 8). */
export const countWords: Readonly<Record<CountName, CountWords>> = {
  proposed: {
    label: 'Proposed',
    heading: 'Proposed commitments',
    meaning: 'On record from one side’s account; the text is not agreed yet.',
  },
  open: {
    label: 'Open',
    heading: 'Open commitments',
    meaning: 'Agreed and not ended: waiting, in progress, or claimed as delivered.',
  },
  onTrack: {
    label: 'On track',
    heading: 'Commitments on track',
    meaning: 'Open, and every side that reported in the last 90 days says so.',
  },
  atRisk: {
    label: 'At risk',
    heading: 'Commitments at risk',
    meaning: 'Open, and the gravest report of the last 90 days says so.',
  },
  offTrack: {
    label: 'Off track',
    heading: 'Commitments off track',
    meaning: 'Open, and a side said so in the last 90 days.',
    pressing: true,
  },
  notReported: {
    label: 'Not reported',
    heading: 'Commitments without a report',
    meaning: 'Open, with no report in the last 90 days. It does not mean “not started”.',
  },
  dueSoon: {
    label: 'Due soon',
    heading: 'Commitments due soon',
    meaning: 'Open, not claimed, and the time agreed ends within 30 days.',
  },
  overdue: {
    label: 'Overdue',
    heading: 'Overdue commitments',
    meaning: 'Open, not claimed, and the last day has ended for every responsible party.',
    pressing: true,
  },
  noDate: {
    label: 'No date',
    heading: 'Commitments without a date',
    meaning: 'Open, not claimed, and no calendar date follows from the words agreed.',
  },
  claimed: {
    label: 'Claimed',
    heading: 'Commitments claimed as delivered',
    meaning: 'Said to be delivered by those responsible, not yet confirmed by those who hold a key.',
  },
  verified: {
    label: 'Verified',
    heading: 'Verified commitments',
    meaning: 'Delivered, and confirmed by every party that holds a key.',
  },
  disputed: {
    label: 'Disputed',
    heading: 'Disputed commitments',
    meaning: 'A side contests something about it, and that is not settled.',
    pressing: true,
  },
  paused: {
    label: 'Paused',
    heading: 'Paused commitments',
    meaning: 'Open, and work rests; the clock goes on.',
  },
  withdrawn: {
    label: 'Withdrawn',
    heading: 'Withdrawn commitments',
    meaning: 'Given up by those responsible.',
  },
  superseded: {
    label: 'Superseded',
    heading: 'Superseded commitments',
    meaning: 'Replaced by others.',
  },
  lapsed: {
    label: 'Lapsed',
    heading: 'Lapsed commitments',
    meaning: 'Let go undelivered at the close of a round.',
  },
  ended: {
    label: 'Ended',
    heading: 'Commitments ended undelivered',
    meaning: 'Given up by decision, never by the clock.',
  },
};

/** The counts as the table groups them: each group answers one question. */
export const countGroups: readonly { readonly heading: string; readonly counts: readonly CountName[] }[] = [
  { heading: 'On record', counts: ['proposed', 'open'] },
  { heading: 'What the sides report', counts: ['onTrack', 'atRisk', 'offTrack', 'notReported'] },
  { heading: 'What the calendar says', counts: ['dueSoon', 'overdue', 'noDate'] },
  { heading: 'Contested', counts: ['disputed'] },
  { heading: 'How it ends', counts: ['claimed', 'verified', 'ended'] },
];
