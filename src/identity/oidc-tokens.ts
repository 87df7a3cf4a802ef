import { hash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';

export interface OidcSettings {
  /** Address of the issuer, exactly as its tokens name it. */
  readonly issuer: string;
  /** What tokens that are meant for this service name as their audience. */
  readonly audience: string;
}

/** The issuer cannot be asked for its keys: whether a token is good cannot be told at the moment. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** Asymmetric signatures only: with any other, whoever can check a token could also make one. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** How far the issuer's clock may be from ours, in seconds. */
const CLOCK_TOLERANCE = 30;

/** How long the issuer has to answer, in milliseconds. */
const ANSWER_WITHIN = 5000;

/** The subject that grants to a person or program of an issuer are given to. A digest: it names nobody in the log. */
export function subjectOfOidc(issuer: string, subject: string): string {
  return `oidc-${hash('sha256', JSON.stringify([issuer, subject]))}`;
}

/** True for an address that nobody between can listen to or answer for: https, or this machine itself. */
export function isTrustworthy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

/** Bearer tokens of one OIDC issuer: JWTs signed with a key that the issuer publishes. */
export class OidcTokens {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly settings: OidcSettings) {}

  /**
   * The subject of a token; undefined for one that is not good. Whatever it says about roles is passed over.
   * Throws {@link IssuerUnavailable}.
   */
  async subjectOf(token: string): Promise<string | undefined> {
    const { issuer, audience } = this.settings;
    const keys = await this.publishedKeys();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE,
        requiredClaims: ['exp', 'sub'],
      });
      return payload.sub && subjectOfOidc(issuer, payload.sub);
    } catch (error) {
      if (isOfTheToken(error)) return undefined;
      throw new IssuerUnavailable(unavailable(issuer), { cause: error });
    }
  }

  /** Where the issuer publishes its keys is asked once, the keys themselves when one is missing or after a while. */
  private publishedKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= discover(this.settings.issuer).catch((error: unknown) => {
      this.keys = undefined;
      throw new IssuerUnavailable(unavailable(this.settings.issuer), { cause: error });
    });
    return this.keys;
  }
}

/** OpenID Connect Discovery 1.0, section 4. */
async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN) });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const { issuer: named, jwks_uri: keys } = (await response.json()) as Record<string, unknown>;
  if (named !== issuer) throw new Error(`${address} is of the issuer ${String(named)}`);
  if (typeof keys !== 'string' || !isTrustworthy(keys)) throw new Error(`${address} names no safe jwks_uri`);
  return createRemoteJWKSet(new URL(keys), { timeoutDuration: ANSWER_WITHIN });
}

/** True when the token is at fault, and not that its keys could not be had. */
function isOfTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    ![errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code].includes(error.code)
  );
}

function unavailable(issuer: string): string {
  return `The issuer ${issuer} cannot be asked for its keys at the moment.`;
}
