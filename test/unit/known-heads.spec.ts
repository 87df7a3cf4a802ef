import { KnownHeads } from '../../src/event-store/known-heads.js';

const log = 'talks';
const heads = new KnownHeads();
const take = () => heads.take(log);

test('the head of a log that this process never wrote to is not known', () => {
  expect(take()).toBeUndefined();
});

test('the head is where the last batch left it, also where an earlier one is heard of later', () => {
  heads.wrote(log, 3, 5, undefined);
  heads.wrote(log, 0, 3, undefined);
  expect(take()).toBe(5);
});

test('of two batches at a time one is told, since the other begins where that ends', () => {
  expect(take()).toBeUndefined();
  heads.wrote(log, 5, 6, 5);
  expect(take()).toBe(6);
});

test('once another process has written to the log the head is locked for a while', () => {
  heads.wrote(log, 7, 8, 6);
  let locked = 0;
  while (take() === undefined) {
    locked++;
    heads.wrote(log, 8, 9, undefined);
  }
  expect(locked).toBe(50);
});
