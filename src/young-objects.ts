import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 make every object among the young ones, for the life of the process. Where most objects that a place in the code made
 * were kept for long, as in a first start or while a view is made, V8 comes to make them among the old ones there, and goes on
 * with it when they are gone after a millisecond: until the next full collection they keep alive whatever they refer to.
 */
export function makeObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
