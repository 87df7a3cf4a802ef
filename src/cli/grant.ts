import { ApiKeys, subjectOfKey } from '../identity/api-keys.js';
import { Grants } from '../identity/grants.js';
import { subjectOfOidc } from '../identity/oidc-tokens.js';
import { allGrants, type GrantAnswer } from '../read-models/grant-answers.js';
import { type Call, type CliCommand, open, openForChanges } from './command.js';
import { second, table } from './table.js';
import { reasonOf, TERMS_FORM, termsOf, termsOptions } from './terms.js';
import { UsageError } from './usage.js';

/** Gives and takes access: to people of an OIDC issuer, and more than one grant to a key. */
export const grant: CliCommand = {
  forms: [
    `create [--issuer <address>] --subject <sub of the token> ${TERMS_FORM}`,
    `create --key <id> ${TERMS_FORM}`,
    'list',
    'revoke <grant> [--reason <text>]',
  ],
  takes: 2,
  does: 'Grants a role to a person of an OIDC issuer (that of OIDC_ISSUER, if no other is named), or to a key; lists and revokes grants.',
  options: {
    ...termsOptions,
    issuer: { type: 'string' },
    subject: { type: 'string' },
    key: { type: 'string' },
    reason: { type: 'string' },
  },
  run(call) {
    switch (call.positionals[0]) {
      case 'create':
        return create(call);
      case 'list':
        return list(call);
      case 'revoke':
        return revoke(call);
      default:
        throw new UsageError('Say what to do with grants: pacta grant create, list or revoke.');
    }
  },
};

async function create(call: Call): Promise<void> {
  const subject = subjectOf(call);
  const terms = termsOf(call);
  const { app } = await openForChanges(call);
  if (call.options['key']) await mustExist(app.get(ApiKeys), String(call.options['key']));
  const made = await app.get(Grants).give(subject, terms);
  console.log(`Granted: ${made}`);
}

async function list(call: Call): Promise<void> {
  const { db } = await open(call);
  const grants = await allGrants(db);
  const rows = grants.map((each) => ({
    ...shownGrant(each),
    granted: second(each.grantedAt),
    subject: each.subject,
  }));
  console.log(rows.length === 0 ? 'Nothing is granted to anyone.' : table(rows));
}

async function revoke(call: Call): Promise<void> {
  const [, id = ''] = call.positionals;
  const reason = reasonOf(call);
  const { app, record } = await openForChanges(call);
  const named = (await allGrants(record.db)).find((each) => each.grant === id);
  if (!named) throw new UsageError(`There is no grant "${id}"; pacta grant list shows them.`);
  await app.get(Grants).takeBack(named.subject, named.grant, reason);
  console.log(`The grant ${named.grant} is revoked.`);
}

function subjectOf({ options, config }: Call): string {
  const { key, subject, issuer = config.oidc?.issuer } = options as Record<string, string | undefined>;
  if (key && !subject) return subjectOfKey(key);
  if (subject && issuer && !key) return subjectOfOidc(issuer, subject);
  throw new UsageError('Say to whom: --issuer and --subject of a token, or --key.');
}

/** Throws {@link UsageError} for a key that was never made. */
export async function mustExist(keys: ApiKeys, id: string): Promise<void> {
  if ((await keys.list()).some((each) => each.id === id)) return;
  throw new UsageError(`There is no key "${id}"; pacta key list shows them.`);
}

/** A grant as a row shows it. */
export function shownGrant({
  grant,
  role,
  party,
  dialogue,
  organisation,
  expiresAt,
  revokedAt,
}: GrantAnswer) {
  return {
    grant,
    role,
    party,
    dialogue: dialogue ?? '(all)',
    organisation,
    expires: second(expiresAt),
    revoked: second(revokedAt),
  };
}
