import type { Database } from '../event-store/database.js';
import { type GrantAnswer, grantsInForce } from '../read-models/grant-answers.js';
import { type ApiKeys, subjectOf } from './api-keys.js';
import { gathered } from './gathered.js';
import type { OidcTokens } from './oidc-tokens.js';

/** Someone who proved who they are, and what is granted to them at this moment. */
export interface Bearer {
  readonly subject: string;
  readonly grants: readonly GrantAnswer[];
}

/** Finds out who sent a bearer token, on every request anew: what is revoked is gone at once. */
export class Bearers {
  private readonly grantsOf: (subject: string) => Promise<readonly GrantAnswer[]>;

  constructor(
    db: Database,
    private readonly keys: ApiKeys,
    private readonly tokens: OidcTokens | undefined,
  ) {
    this.grantsOf = gathered((subjects) => grantsInForce(db, subjects));
  }

  /**
   * Who sent it; undefined for a key or token that is not good. A key is good while anything is granted to it, a
   * token as long as its issuer says. Throws {@link IssuerUnavailable}.
   */
  async identify(token: string): Promise<Bearer | undefined> {
    return token.startsWith('pacta_') ? this.ofKey(token) : this.ofToken(token);
  }

  private async ofKey(key: string): Promise<Bearer | undefined> {
    const subject = subjectOf(key);
    if (!subject) return undefined;
    const [holder, grants] = await Promise.all([this.keys.holderOf(key), this.grantsOf(subject)]);
    if (!holder || grants.length === 0) return undefined;
    await holder.noteUse();
    return { subject: holder.subject, grants };
  }

  private async ofToken(token: string): Promise<Bearer | undefined> {
    const subject = await this.tokens?.subjectOf(token);
    return subject ? { subject, grants: await this.grantsOf(subject) } : undefined;
  }
}
