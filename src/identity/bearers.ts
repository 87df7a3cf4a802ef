import type { Store } from '../event-store/database.js';
import type { GrantAnswer } from '../read-models/grant-answers.js';
import { type ApiKeys, takenApart } from './api-keys.js';
import { type KnownSubject, knownSubjects } from './known-subjects.js';
import type { OidcTokens } from './oidc-tokens.js';

/** Someone who proved who they are, and what is granted to them at this moment. */
export interface Bearer {
  readonly subject: string;
  readonly grants: readonly GrantAnswer[];
}

/** Finds out who sent a bearer token, on every request anew: what is revoked is gone at once. */
export class Bearers {
  private readonly known: (subject: string) => Promise<KnownSubject>;

  constructor(
    store: Store,
    private readonly keys: ApiKeys,
    private readonly tokens: OidcTokens | undefined,
  ) {
    this.known = knownSubjects(store);
  }

  /**
   * Who sent it; undefined for a key or token that is not good. A key is good while anything is granted to it, a
   * token as long as its issuer says. Throws {@link IssuerUnavailable}.
   */
  async identify(token: string): Promise<Bearer | undefined> {
    return token.startsWith('pacta_') ? this.ofKey(token) : this.ofToken(token);
  }

  private async ofKey(key: string): Promise<Bearer | undefined> {
    const parts = takenApart(key);
    if (!parts) return undefined;
    const { id, subject } = parts;
    const { grants, secretHash, isUseNoted } = await this.known(subject);
    if (!parts.hasSecretOf(secretHash)) return undefined;
    if (!isUseNoted) await this.keys.noteUse(id);
    return { subject, grants };
  }

  private async ofToken(token: string): Promise<Bearer | undefined> {
    const subject = await this.tokens?.subjectOf(token);
    return subject ? { subject, grants: (await this.known(subject)).grants } : undefined;
  }
}
