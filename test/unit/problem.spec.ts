import { z } from 'zod';
import { invalid } from '../../src/http/problem.js';

const pointersOf = (...paths: (PropertyKey | { key: PropertyKey })[][]) =>
  invalid(paths.map((path) => ({ message: 'is wrong', path }))).errors?.map(({ pointer }) => pointer);

describe('the pointer to a field at fault (RFC 6901)', () => {
  test('leads through members and places of lists', () => {
    expect(pointersOf(['undertakings', 0, 'party'])).toEqual(['/undertakings/0/party']);
  });

  test('writes ~ as ~0 and / as ~1, so that it is read back as the same name', () => {
    expect(pointersOf(['a/b'], ['m~n'], ['~1'], ['~/'])).toEqual(['/a~1b', '/m~0n', '/~01', '/~0~1']);
  });

  test('keeps an empty name apart from the whole', () => {
    expect(pointersOf([], [''], ['', 'a'])).toEqual(['', '/', '//a']);
  });

  test('is the same for either form of a path that a schema may give', () => {
    expect(pointersOf([{ key: 'a' }, { key: 1 }])).toEqual(['/a/1']);
  });

  test('is the whole when a schema names no path', () => {
    expect(invalid([{ message: 'must be an object' }]).errors).toEqual([
      { pointer: '', detail: 'must be an object' },
    ]);
  });
});

describe('a request that is not as it must be', () => {
  const body = z.strictObject({
    title: z.string('must be text'),
    due: z.strictObject({ day: z.string('must be a day') }),
  });
  const problem = (value: unknown) => {
    const { error } = body.safeParse(value);
    return invalid(error!.issues);
  };

  test('is told every field at fault at once', () => {
    expect(problem({ title: 1, due: { day: 2 } })).toMatchObject({
      code: 'invalid',
      errors: [
        { pointer: '/title', detail: 'must be text' },
        { pointer: '/due/day', detail: 'must be a day' },
      ],
    });
  });

  test('is pointed to each member that is not known, not to what it stands in', () => {
    expect(problem({ title: 'x', due: { day: 'x', 'a/b': 1 }, titel: 'x' }).errors).toEqual([
      { pointer: '/due/a~1b', detail: 'is not known here' },
      { pointer: '/titel', detail: 'is not known here' },
    ]);
  });

  test('is told of fifty faults at most', () => {
    const unknown = Object.fromEntries(Array.from({ length: 60 }, (_each, index) => [`x${index}`, 1]));
    expect(problem({ title: 'x', due: { day: 'x' }, ...unknown }).errors).toHaveLength(50);
  });
});
