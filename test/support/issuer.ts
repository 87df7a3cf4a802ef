import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import type { Configuration } from 'oidc-provider';

/** An OpenID Connect issuer on this machine, and its signing key, with which bad tokens can be made that look good. */
export interface Issuer {
  readonly address: string;
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** A token that the issuer gives to one of its clients; the client is its subject. */
  tokenOf(client: 'desk' | 'guest'): Promise<string>;
  stop(): Promise<void>;
}

/** Audience of the tokens that the issuer gives. */
export const AUDIENCE = 'pacta';

const secret = 'a secret that is shared with this issuer only';

/** Starts the issuer. Each of its tokens claims the role of a secretariat. `port` 0 is a free one. */
export async function openIssuer(port = 0): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const keyId = 'signing-1';
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = await quietly(address, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: keyId, use: 'sig', alg: 'RS256' }] },
    clients: ['desk', 'guest'].map((client) => ({
      client_id: client,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    ttl: { ClientCredentials: 600 },
    extraTokenClaims: () => ({ role: 'secretariat', roles: ['secretariat'], party: 'IN' }),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:pacta',
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  server.on('request', (request, response) => void provider.callback()(request, response));
  return {
    address,
    keyId,
    privateKey,
    publicKey,
    async tokenOf(client) {
      const response = await fetch(`${address}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${client}:${encodeURIComponent(secret)}`)}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const { access_token: token } = (await response.json()) as { access_token: string };
      return token;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** It warns of what makes it fit for tests only. */
async function quietly(address: string, configuration: Configuration) {
  const { warn, info } = console;
  Object.assign(console, { warn: () => undefined, info: () => undefined });
  try {
    const { default: Provider } = await import('oidc-provider');
    return new Provider(address, configuration);
  } finally {
    Object.assign(console, { warn, info });
  }
}
