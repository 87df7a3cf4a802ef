import type { ReminderRow } from './memory-rows.js';

/** Skips those `among` the planned whose time has come and of whose series a stronger step is due as well. */
export function skipOvertaken(all: readonly ReminderRow[], among: readonly ReminderRow[], now: number): void {
  const overtaken = among.filter(
    (weaker) =>
      weaker.state === 'planned' && weaker.dueAt <= now && all.some((row) => overtakes(row, weaker, now)),
  );
  for (const row of overtaken) row.state = 'skipped';
}

function overtakes(row: ReminderRow, weaker: ReminderRow, now: number): boolean {
  return (
    row.log_id === weaker.log_id &&
    row.commitment === weaker.commitment &&
    row.due_version === weaker.due_version &&
    row.kind === weaker.kind &&
    row.contact === weaker.contact &&
    row.dueAt <= now &&
    (row.strength > weaker.strength || (row.strength === weaker.strength && row.dueAt > weaker.dueAt)) &&
    row.state !== 'cancelled' &&
    row.state !== 'skipped' &&
    (weaker.snoozed === 0 || row.dueAt >= weaker.dueAt || row.state === 'planned' || row.state === 'sending')
  );
}

/** Moves what was missed of a person's digests to the newest of them. */
export function gatherMissedDigests(all: readonly ReminderRow[], now: number): void {
  const missed = all.filter(
    (row) => row.state === 'planned' && row.dueAt <= now && row.mailId !== row.id && row.fence === 0,
  );
  const newest = new Map<string, ReminderRow>();
  for (const row of missed) {
    const known = newest.get(reader(row));
    if (!known || row.dueAt > known.dueAt) newest.set(reader(row), row);
  }
  const mails = new Map([...newest].map(([key, { mailId }]) => [key, mailId]));
  for (const row of missed) row.mailId = mails.get(reader(row))!;
}

function reader({ log_id, contact, kind }: ReminderRow): string {
  return JSON.stringify([log_id, contact, kind === 'escalation']);
}
