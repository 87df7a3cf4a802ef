import { types } from 'node:util';

// Errors that Node makes itself, such as a refused connection, are no `Error` inside Jest, which has one of its own; in
// a process they are. What tells failures apart by `instanceof` must not take them for something else in a test.
const ofJest = Function.prototype[Symbol.hasInstance];

Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown) {
    return this === Error ? types.isNativeError(value) : ofJest.call(this as never, value);
  },
});
