import { addDays, type Day } from '../../domain/calendar.js';
import type { Line } from '../script.js';
import { attested, both, claimed, promised, reported, submitted } from './statements.js';
import { secretariat } from './voices.js';

const signed = 'The protocol with both signatures';
const trial = 'Results of the first ten samples';

/** A key that went stale, and words that are disputed. */
export function keys(today: Day): Line[] {
  const ago = (days: number) => addDays(today, -days);
  return [
    ...promised(
      {
        id: 'SCI-4',
        by: both,
        title: 'One protocol for samples',
        text: 'The laboratories of both sides will take and measure samples by one protocol.',
        due: { precision: 'day', day: addDays(today, 25) },
        type: 'output',
        criteria: [
          { id: 'protocol', text: { en: 'A protocol that both laboratories have signed' } },
          { id: 'trial', text: { en: 'Ten samples that both have measured with one result' } },
        ],
      },
      ago(300),
    ),
    reported('SCI-4', 'ALD', 'on-track', 'Signed, and tried with ten samples.', ago(62), [
      { criterion: 'protocol', is: 'met' },
      { criterion: 'trial', is: 'met' },
    ]),
    reported('SCI-4', 'MER', 'on-track', 'Signed; our results are being checked.', ago(60), [
      { criterion: 'protocol', is: 'met' },
      { criterion: 'trial', is: 'not-assessed' },
    ]),
    ...claimed('SCI-4', 'ALD', signed, ago(32)),
    ...claimed('SCI-4', 'MER', trial, ago(28)),
    attested(
      'SCI-4',
      'MER',
      [
        ['ALD', signed],
        ['MER', trial],
      ],
      ago(18),
    ),
    submitted('SCI-4', 'ALD', 'Results of ten more samples', ago(8), '-2'),
    ...promised(
      {
        id: 'NAV-4',
        by: both,
        title: 'One toll for small boats',
        text: 'Both sides will charge small boats one toll, paid once.',
        due: { precision: 'month', month: addDays(today, 100).slice(0, 7) },
      },
      ago(300),
    ),
    reported('NAV-4', 'ALD', 'on-track', 'The toll is charged at our locks.', ago(16)),
    secretariat.MER(
      'commitment',
      'NAV-4',
      {
        type: 'RaiseDispute',
        data: {
          id: 'small-boats',
          party: 'MER',
          about: 'text',
          text: {
            en: 'Small boats are boats without an engine; Aldovia charges motor boats in the same way.',
          },
        },
      },
      { occurredOn: ago(14) },
    ),
    secretariat.ALD(
      'commitment',
      'NAV-4',
      {
        type: 'AmendCommitment',
        data: {
          from: addDays(today, 30),
          changes: { text: { en: 'Both sides will charge boats of up to ten metres one toll, paid once.' } },
        },
      },
      { occurredOn: ago(4) },
    ),
  ];
}
