/** A failure that was to be expected. Its message is one sentence for the person who starts Pacta. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** Ends every sentence about a machine on which the bundled PostgreSQL cannot run. */
export const BRING_YOUR_OWN = 'set DATABASE_URL to use a PostgreSQL of your own';

const NOT_ALLOWED = new Set(['EACCES', 'EPERM', '42501']);
const NO_DIRECTORY = new Set(['ENOTDIR', 'EEXIST', 'EISDIR']);
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Turns what the file system or the server says about `dataDir` into a sentence; leaves mistakes of ours as they are. */
export function explain(error: unknown, dataDir: string): unknown {
  if (error instanceof EmbeddedPostgresError) return error;
  const { code, message = '' } = error as { code?: unknown; message?: string };
  // Errors of Node's own checks (ERR_…) are bugs: their stack is worth more than a sentence.
  if (typeof code !== 'string' || code.startsWith('ERR_')) return error;
  return new EmbeddedPostgresError(sentenceFor(code, message, dataDir), { cause: error });
}

/** The sentence for something that PostgreSQL's programs printed, when they failed on `dataDir`. */
export function quote(printed: string, dataDir: string): EmbeddedPostgresError {
  if (/no space left|disk quota exceeded/i.test(printed))
    return new EmbeddedPostgresError(sentenceFor('ENOSPC', printed, dataDir));
  return new EmbeddedPostgresError(`The database in ${dataDir} could not be started: ${printed}.`);
}

function sentenceFor(code: string, message: string, dataDir: string): string {
  if (NO_SPACE.has(code)) return `There is no space left for the database in ${dataDir}.`;
  if (NOT_ALLOWED.has(code))
    return `Pacta is not allowed to keep its data in ${dataDir}; choose a directory that belongs to the user who runs it.`;
  if (code === 'EROFS')
    return `Pacta cannot keep its data in ${dataDir}, because that file system is read-only.`;
  if (NO_DIRECTORY.has(code))
    return `Pacta cannot keep its data in ${dataDir}, because it is not a directory.`;
  return `The database in ${dataDir} could not be started: ${message.replace(/\.$/, '')}.`;
}
