import { Malformed } from '../../src/domain/refusal.js';
import { reminder, type ReminderNamed } from '../../src/domain/reminder.js';
import { asked, given } from './scenario.js';

const sent: ReminderNamed = {
  id: 'r-1',
  commitment: 'ENV-3',
  step: 'T-7',
  dueVersion: 1,
  recipient: 'nodal-officer',
  party: 'IN',
};

describe('a reminder that went out', () => {
  test('is put on record', () => {
    given(reminder)
      .when({ type: 'RecordReminderSent', data: sent }, asked)
      .happens({ type: 'ReminderSent', data: sent });
  });

  test('is put on record once, however often a worker repeats itself', () => {
    given(reminder, { type: 'ReminderSent', data: sent })
      .when({ type: 'RecordReminderSent', data: sent }, asked)
      .nothingHappens();
  });
});

const wentOut = { type: 'ReminderSent', data: sent } as const;
/** Noon UTC on 15 January 2026, a week before the end of the time agreed. */
const before = { ...asked, end: '2026-01-22' };
const snoozeTo = (until: string, step = 'T-7', zone = 'Asia/Kolkata') =>
  ({ type: 'SnoozeReminder', data: { ...sent, step, until }, zone }) as const;
const snoozed = (until: string) => ({ type: 'ReminderSnoozed', data: { ...sent, until } }) as const;
const handTo = (to: string) => ({ type: 'HandOverReminder', data: { ...sent, to } }) as const;
const handedTo = (to: string) => ({ type: 'ReminderHandedOver', data: { ...sent, to } }) as const;
const acknowledge = { type: 'AcknowledgeReminder', data: sent } as const;
const acknowledged = { type: 'ReminderAcknowledged', data: sent } as const;

describe('a reminder that its recipient acknowledges', () => {
  test('is acknowledged once, however often the button is pressed', () => {
    given(reminder, wentOut).when(acknowledge, asked).happens(acknowledged);
    given(reminder, wentOut, acknowledged).when(acknowledge, asked).nothingHappens();
  });

  test('can be acknowledged also where it is not known that it arrived', () => {
    given(reminder, { type: 'ReminderUncertain', data: sent }).when(acknowledge, asked).happens(acknowledged);
  });

  test('is no longer theirs to acknowledge once a colleague has it', () => {
    given(reminder, wentOut, handedTo('colleague')).when(acknowledge, asked).isRefused('handed-over');
  });
});

describe('a reminder that its recipient puts off', () => {
  test('comes again on the day that they name, up to the end of the time agreed', () => {
    given(reminder, wentOut).when(snoozeTo('2026-01-16'), before).happens(snoozed('2026-01-16'));
    given(reminder, wentOut).when(snoozeTo('2026-01-22'), before).happens(snoozed('2026-01-22'));
  });

  test('cannot be put off past the end, and the field at fault is named', () => {
    given(reminder, wentOut)
      .when(snoozeTo('2026-01-23'), before)
      .isRefused('snooze-past-end', { at: '/until' });
  });

  test('cannot be put off once the time agreed has ended', () => {
    given(reminder, wentOut)
      .when(snoozeTo('2026-01-16'), { ...asked, end: '2026-01-15' })
      .isRefused('snooze-past-end', { at: '/until' });
  });

  test.each([
    ['today', '2026-01-15'],
    ['yesterday', '2026-01-14'],
  ])('cannot be put off to %s', (_what, day) => {
    given(reminder, wentOut).when(snoozeTo(day), before).isRefused('snooze-not-later', { at: '/until' });
  });

  test('has today where its recipient is', () => {
    // In Kiritimati it is the 16th already.
    given(reminder, wentOut)
      .when(snoozeTo('2026-01-16', 'T-7', 'Pacific/Kiritimati'), before)
      .isRefused('snooze-not-later', { at: '/until' });
  });

  test('cannot be put off to a day that does not exist', () => {
    given(reminder, wentOut)
      .when(snoozeTo('2026-02-30'), { ...asked, end: '2026-12-31' })
      .isRefused('no-such-date', { as: Malformed, at: '/until' });
  });

  test('can be put off by thirty days where there is no end', () => {
    given(reminder, wentOut).when(snoozeTo('2026-02-14'), asked).happens(snoozed('2026-02-14'));
    given(reminder, wentOut)
      .when(snoozeTo('2026-02-15'), asked)
      .isRefused('snooze-too-far', { at: '/until' });
  });

  test('is put off once by the same button, and twice at most', () => {
    given(reminder, wentOut, snoozed('2026-01-16')).when(snoozeTo('2026-01-16'), before).nothingHappens();
    given(reminder, wentOut, snoozed('2026-01-16'), wentOut)
      .when(snoozeTo('2026-01-20'), before)
      .happens(snoozed('2026-01-20'));
    given(reminder, wentOut, snoozed('2026-01-16'), snoozed('2026-01-17'))
      .when(snoozeTo('2026-01-20'), before)
      .isRefused('snoozed-twice');
  });

  test('is put on record as sent anew when it came again', () => {
    given(reminder, wentOut, snoozed('2026-01-16'))
      .when({ type: 'RecordReminderSent', data: sent }, asked)
      .happens(wentOut);
  });

  test.each(['escalation-7', 'round-14'])('is no escalation: %s ends with an answer', (step) => {
    given(reminder).when(snoozeTo('2026-01-16', step), before).isRefused('escalation-not-snoozed');
  });

  test('was not acknowledged before', () => {
    given(reminder, wentOut, acknowledged).when(snoozeTo('2026-01-16'), before).isRefused('acknowledged');
  });
});

describe('a reminder that its recipient hands over', () => {
  test('goes to the colleague, by reference, and once', () => {
    given(reminder, wentOut).when(handTo('colleague'), asked).happens(handedTo('colleague'));
    given(reminder, wentOut, handedTo('colleague')).when(handTo('colleague'), asked).nothingHappens();
  });

  test('goes to one colleague; the next one is chosen by that one', () => {
    given(reminder, wentOut, handedTo('colleague')).when(handTo('other'), asked).isRefused('handed-over');
  });

  test('goes to someone else than its recipient', () => {
    given(reminder, wentOut)
      .when(handTo('nodal-officer'), asked)
      .isRefused('own-reminder', { as: Malformed, at: '/to' });
  });
});
