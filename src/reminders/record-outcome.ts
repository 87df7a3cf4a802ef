import type { CommandBus } from '@nestjs/cqrs';
import { ChangeReminder } from '../commands/reminder.js';
import type { ReminderCommand } from '../domain/reminder.js';
import type { Unrecorded } from './ledger.js';

/** Appends what became of reminders to the log, and tells operators what a person must see to. */
export function recordWith(commands: CommandBus, report: (trouble: string) => void) {
  return async (reminder: Unrecorded): Promise<void> => {
    const { id, log_id: log, fence, state } = reminder;
    await commands.execute(
      new ChangeReminder({
        log,
        id,
        actor: { id: 'reminders', role: 'system' },
        command: commandFor(reminder),
        said: {},
        // Named after the attempt: what is repeated after a crash is known by it and not appended twice.
        causationId: `${id}.${fence}.${state}`,
        correlationId: id,
      }),
    );
    const alert = alertFor(reminder);
    if (alert) report(alert);
  };
}

function commandFor(reminder: Unrecorded): ReminderCommand {
  const { id, commitment, step, due_version: dueVersion, contact: recipient, party } = reminder;
  const named = { id, commitment, step, dueVersion, recipient, party };
  const isLate = reminder.late && { late: true };
  switch (reminder.state) {
    case 'sent':
      return {
        type: reminder.kind === 'escalation' ? 'RaiseEscalation' : 'RecordReminderSent',
        data: { ...named, ...isLate },
      };
    case 'uncertain':
      return { type: 'RecordReminderUncertain', data: named };
    case 'failed':
      return {
        type: 'RecordReminderFailed',
        data: { ...named, why: reminder.failed_why ?? 'gave-up', code: reminder.failed_code ?? undefined },
      };
  }
}

/** One sentence for operators, without a name or an address. */
function alertFor({ mail_id, log_id, commitment, step, state, held, failed_why, failed_code }: Unrecorded) {
  const which = `The reminder ${step} of ${commitment} in ${log_id} (mail ${mail_id})`;
  if (state === 'failed') {
    return `${which} was given up: ${failed_why}${failed_code === null ? '' : ` (${failed_code})`}.`;
  }
  if (state === 'uncertain' && held) {
    return `${which} was perhaps sent, and is held until a person decides: see "pacta held-mails".`;
  }
  return undefined;
}
