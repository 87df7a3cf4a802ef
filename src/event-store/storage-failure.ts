import { types } from 'node:util';

/** The database cannot be asked at the moment; nothing was lost, and asking again later is right. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

/**
 * SQLSTATE classes and codes of a server that is gone, going, starting, full or impatient (with a statement, or with a
 * transaction in which nothing was asked), as opposed to one that says no.
 */
const passing = /^(08...|53...|57P0[1-5]|57014|55P03|25006|25P0[34]|40001|40P01)$/;

/** Codes of the network, and not those of Node's own checks (ERR_…), which are mistakes of ours. */
const network = /^E(?!RR_)[A-Z]+$/;

/** True for failures that say nothing about what was asked: a lost connection, a server that restarts. */
export function isPassingFailure(error: unknown): boolean {
  if (error instanceof StorageUnavailable) return true;
  // Not `instanceof`: errors of the network can come from another realm.
  if (!types.isNativeError(error)) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isPassingFailure);
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return passing.test(code) || network.test(code);
  return /connection (terminated|ended|timeout)|timeout exceeded when trying to connect|not queryable/i.test(
    error.message,
  );
}

/** SQLSTATE of a statement that was ended before it was through: it took longer than it may, or an operator cancelled it. */
const CANCELLED = '57014';

/**
 * As {@link isPassingFailure}, of a step along the log. There a statement that took too long does say something of the events,
 * if not at the first time: it may take as long whenever it is asked, and nobody would hear of it. Asked of fewer events
 * at a time it takes less, and the one event that it always takes too long for is parked.
 */
export function isPassingFailureOfStep(error: unknown): boolean {
  return isPassingFailure(error) && (error as { code?: unknown }).code !== CANCELLED;
}
