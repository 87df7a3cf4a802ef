import type { z } from 'zod';
import { grantAccess, revokeAccess } from '../commands/access.js';
import type { Terms } from '../identity/grants.js';
import type { Call } from './command.js';
import { optionOf, UsageError } from './usage.js';

/** Options that say what is granted. */
export const termsOptions = {
  role: { type: 'string' },
  party: { type: 'string' },
  dialogue: { type: 'string' },
  organisation: { type: 'string' },
  expires: { type: 'string' },
} as const;

export const TERMS_FORM =
  '--role <role> [--party <code>] [--dialogue <slug>] [--organisation <code>] [--expires <instant>]';

const terms = grantAccess.omit({ subject: true, grant: true });
const reasons = revokeAccess.pick({ reason: true });

/** What the options grant. Throws {@link UsageError} that names every option at fault. */
export function termsOf({ options }: Call): Terms {
  const { role, party, dialogue, organisation, expires } = options;
  return valid(terms, { role, party, dialogue, organisation, expiresAt: expires });
}

/** Why something is revoked. */
export function reasonOf({ options }: Call): string | undefined {
  return valid(reasons, { reason: options['reason'] }).reason;
}

/** What was said, as the schema has it. Throws {@link UsageError} that names everything at fault as the caller knows it. */
export function valid<Schema extends z.ZodType>(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  nameOf = (field: string) => optionOf(`/${field}`),
): z.output<Schema> {
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  const problems = error.issues.map(({ code, path, message }) => {
    const isMissing = code === 'invalid_type' && value[String(path[0])] === undefined;
    return `${nameOf(path.join('/'))} ${isMissing ? 'is missing' : message}`;
  });
  throw new UsageError(problems.join('\n'));
}
