import { sql } from 'kysely';

/**
 * Selected in a transaction, it commits without waiting for the disk. For what follows from the log, or is done anew where a
 * crash of the server takes it back; the next commit that does wait has it on disk as well.
 */
export const withoutWaiting = sql`set_config('synchronous_commit', 'off', true)`;
