import { grantedRoles } from '../domain/access.js';
import { ApiKeys, type KnownKey, subjectOfKey } from '../identity/api-keys.js';
import { Grants } from '../identity/grants.js';
import { type Call, type CliCommand, openForChanges } from './command.js';
import { mustExist, shownGrant } from './grant.js';
import { second, table } from './table.js';
import { reasonOf, TERMS_FORM, termsOf, termsOptions } from './terms.js';
import { UsageError } from './usage.js';

/** Makes, lists and revokes API keys. */
export const key: CliCommand = {
  forms: [`create ${TERMS_FORM} [--note <text>]`, 'list', 'revoke <id> [--reason <text>]'],
  takes: 2,
  does: `Makes an API key and shows it, once; lists keys; revokes one at once. Roles: ${grantedRoles.join(', ')}.`,
  options: { ...termsOptions, note: { type: 'string' }, reason: { type: 'string' } },
  run(call) {
    switch (call.positionals[0]) {
      case 'create':
        return create(call);
      case 'list':
        return list(call);
      case 'revoke':
        return revoke(call);
      default:
        throw new UsageError('Say what to do with keys: pacta key create, list or revoke.');
    }
  },
};

async function create(call: Call): Promise<void> {
  const terms = { ...termsOf(call), note: call.options['note'] as string | undefined };
  const { app } = await openForChanges(call);
  console.log(await app.get(ApiKeys).create(terms));
}

async function list(call: Call): Promise<void> {
  const { app } = await openForChanges(call);
  const keys = await app.get(ApiKeys).list();
  console.log(keys.length === 0 ? 'There are no keys.' : table(keys.flatMap(shown)));
}

async function revoke(call: Call): Promise<void> {
  const [, id = ''] = call.positionals;
  const reason = reasonOf(call);
  const { app } = await openForChanges(call);
  await mustExist(app.get(ApiKeys), id);
  await app.get(Grants).takeBack(subjectOfKey(id), undefined, reason);
  console.log(`The key ${id} is good for nothing any more.`);
}

/** One row per grant. */
function shown({ id, note, createdAt, lastUsedAt, grants }: KnownKey) {
  return grants.map((grant) => ({
    key: id,
    ...shownGrant(grant),
    created: second(createdAt),
    'last used': second(lastUsedAt),
    note,
  }));
}
