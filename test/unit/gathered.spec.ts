import { setImmediate as turn } from 'node:timers/promises';
import { gathered } from '../../src/event-store/gathered.js';

/** Asks for numbers, one statement at a time as `answer` has it; what was asked for together is in `asked`. */
function numbers(answer: (keys: readonly number[]) => Promise<readonly string[]>) {
  const asked: (readonly number[])[] = [];
  const ask = gathered((keys: readonly number[]) => {
    asked.push(keys);
    return answer(keys);
  });
  return { ask, asked };
}

test('who asks in the same turn is answered together, each with their own answer', async () => {
  const { ask, asked } = numbers((keys) => Promise.resolve(keys.map(String)));
  expect(await Promise.all([ask(1), ask(2), ask(1)])).toEqual(['1', '2', '1']);
  expect(asked).toEqual([[1, 2, 1]]);
});

test('who asks while others are being answered is answered by the next statement', async () => {
  let end!: () => void;
  const first = new Promise<void>((resolve) => (end = resolve));
  const { ask, asked } = numbers(async (keys) => {
    if (keys.includes(1)) await first;
    return keys.map(String);
  });
  const one = ask(1);
  while (asked.length === 0) await turn();
  const others = [ask(2), ask(3)];
  end();
  expect(await Promise.all([one, ...others])).toEqual(['1', '2', '3']);
  expect(asked).toEqual([[1], [2, 3]]);
});

test('who asks beside one that hangs is not kept waiting by it', async () => {
  const { ask, asked } = numbers((keys) =>
    keys.includes(1) ? new Promise(() => undefined) : Promise.resolve(keys.map(String)),
  );
  void ask(1);
  while (asked.length === 0) await turn();
  expect(await ask(2)).toBe('2');
});

test('what is wrong with one is told to that one alone', async () => {
  const { ask, asked } = numbers((keys) =>
    keys.includes(2) ? Promise.reject(new RangeError('2 is not.')) : Promise.resolve(keys.map(String)),
  );
  const answers = await Promise.allSettled([ask(1), ask(2), ask(3)]);
  expect(answers).toMatchObject([
    { value: '1' },
    { reason: { name: 'RangeError', message: '2 is not.' } },
    { value: '3' },
  ]);
  expect(asked).toEqual([[1, 2, 3], [1], [2], [3]]);
});

test('where the database is away nobody asks again on their own', async () => {
  const away = Object.assign(new Error('It is starting.'), { code: '57P03' });
  const { ask, asked } = numbers(() => Promise.reject(away));
  expect(await Promise.allSettled([ask(1), ask(2)])).toMatchObject([{ reason: away }, { reason: away }]);
  expect(asked).toEqual([[1, 2]]);
});
