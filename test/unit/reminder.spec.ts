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
