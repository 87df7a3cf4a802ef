import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnchanged, unchangedSince } from '../../src/http/conditional-request.js';
import { BadRequest } from '../../src/http/problem.js';

const requestWith = (headers: Record<string, string>) => ({ headers }) as unknown as FastifyRequest;

/** What a poller is answered that asks with this If-None-Match when the tag is "42-20261124-01". */
function poll(asked: string | undefined, said: Record<string, string> = {}) {
  const answer: { status: number; headers: Record<string, unknown> } = { status: 200, headers: {} };
  const reply = {
    header(name: string, value: unknown) {
      answer.headers[name] = value;
      return reply;
    },
    status(code: number) {
      answer.status = code;
      return reply;
    },
  };
  const request = requestWith({ ...said, ...(asked !== undefined && { 'if-none-match': asked }) });
  const unchanged = isUnchanged(request, reply as unknown as FastifyReply, '42-20261124-01');
  return { unchanged, ...answer };
}

describe('a poller', () => {
  test.each([
    ['has the same tag', '"42-20261124-01"'],
    ['has it as a weak tag, as a proxy may make it', 'W/"42-20261124-01"'],
    ['has it among others', '"41-20261124-01", W/"40", "42-20261124-01"'],
    ['has it in a list without blanks', '"41","42-20261124-01"'],
    ['has anything at all', '*'],
    ['has anything at all, with blanks', ' * '],
  ])('that %s is told that nothing has changed', (_case, asked) => {
    expect(poll(asked)).toMatchObject({ unchanged: true, status: 304 });
  });

  test.each([
    ['asks without a tag', undefined],
    ['has another tag', '"41-20261124-01"'],
    ['has the tag of another day', '"42-20261125-01"'],
    ['has the beginning of the tag', '"42"'],
    ['has no tag in quotes', '42-20261124-01'],
    ['has an empty tag', '""'],
    ['has an asterisk in quotes', '"*"'],
  ])('that %s gets an answer', (_case, asked) => {
    expect(poll(asked)).toMatchObject({ unchanged: false, status: 200 });
  });

  test('gets the tag either way, and keeps no answer without asking again', () => {
    const headers = { etag: '"42-20261124-01"', 'cache-control': 'no-cache', vary: 'Authorization' };
    expect(poll(undefined).headers).toEqual(headers);
    expect(poll('"42-20261124-01"').headers).toEqual(headers);
  });

  test('that says who they are gets an answer that no shared cache keeps', () => {
    const { headers } = poll(undefined, { authorization: 'Bearer pacta_key' });
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Authorization' });
  });
});

describe('a change', () => {
  const since = (asked: string) => unchangedSince(requestWith({ 'if-match': asked }));

  test.each<[string, string, number | undefined]>([
    ['as of a position', '"42"', 42],
    ['as of a position and days', '"42-20261124-01"', 42],
    ['as of a position, days and what is named', '"42-20261124-01-4f53cda18c2b"', 42],
    ['as of a position and rebuilds', '"42-r1"', 42],
    ['as of a position, days and rebuilds', '"42-20261124-01-r1"', 42],
    ['as of the latest of several positions', '"40", "42-20261124-01","41"', 42],
    ['as of no position: anything may be there', '*', undefined],
    ['as of a weak tag, which never matches', 'W/"42"', 0],
    ['as of a weak tag beside a strong one, which alone counts', 'W/"50", "42"', 42],
    ['as of before everything', '"0"', 0],
  ])('is made %s', (_case, asked, position) => {
    expect(since(asked)).toBe(position);
  });

  test('is made without regard to others when nothing is said', () => {
    expect(unchangedSince(requestWith({}))).toBeUndefined();
  });

  test.each([
    '42',
    '',
    'abc',
    '"abc"',
    '""',
    '"-42"',
    '"42abc"',
    '"9999999999999999"',
    '"42", "abc"',
    "'42'",
  ])('is refused when it is asked for as of %j, which was never given out', (asked) => {
    expect(() => since(asked)).toThrow(
      expect.objectContaining({ constructor: BadRequest, code: 'if-match-malformed' }),
    );
  });
});
