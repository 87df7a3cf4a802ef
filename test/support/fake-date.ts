/** What Jest is not to fake where a test moves the date alone: connections and timers go on. */
export const allButDate: FakeableAPI[] = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'nextTick',
  'queueMicrotask',
  'performance',
  'hrtime',
];
