import { reasonOf, termsOf } from '../../src/cli/terms.js';
import type { Call } from '../../src/cli/command.js';
import { UsageError } from '../../src/cli/usage.js';

const call = (options: Call['options']) => ({ options }) as Call;

/** What the operator is told about options that cannot be used. */
function toldOf(options: Call['options'], read: (call: Call) => unknown = termsOf): string {
  try {
    read(call(options));
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return '';
}

describe('options of a key or a grant', () => {
  test('say what is granted', () => {
    const options = { role: 'focal-point', party: 'IN', dialogue: 'talks', organisation: 'survey' };
    expect(termsOf(call({ ...options, expires: '2027-01-31T09:00:00+09:00' }))).toEqual({
      ...options,
      expiresAt: '2027-01-31T00:00:00.000Z',
    });
    expect(termsOf(call({ role: 'auditor', note: 'not of the terms' }))).toEqual({ role: 'auditor' });
  });

  test.each([
    ['no role', {}, '--role must be recorder, desk-officer, focal-point, secretariat, co-chair, auditor'],
    ['the role of the service itself', { role: 'system' }, '--role must be recorder, '],
    ['a party that is no code', { role: 'co-chair', party: 'India' }, '--party must be a short code'],
    [
      'a dialogue that is no slug',
      { role: 'recorder', dialogue: 'The Talks' },
      '--dialogue must be lower-case',
    ],
    ['an organisation that is no code', { role: 'recorder', organisation: 'a b' }, '--organisation must be'],
    ['an end that is a day', { role: 'recorder', expires: '2027-01-31' }, '--expires must be an instant'],
    [
      'an end that does not exist',
      { role: 'recorder', expires: '2027-02-30T00:00:00Z' },
      '--expires must be',
    ],
  ])('with %s are refused by name', (_what, options, told) => {
    expect(toldOf(options)).toContain(told);
  });

  test('are all named that are at fault', () => {
    expect(toldOf({ role: 'king', party: 'x' }).split('\n')).toHaveLength(2);
  });

  test('give a reason that can be shown', () => {
    expect(reasonOf(call({ reason: 'Left the ministry' }))).toBe('Left the ministry');
    expect(reasonOf(call({}))).toBeUndefined();
    expect(toldOf({ reason: ' ' }, reasonOf)).toBe('--reason must not be blank');
  });
});
