import { isIP } from 'node:net';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';

/** A mail server, and how to reach it. */
export interface SmtpServer {
  readonly connection: SMTPConnectionOptions & { readonly host: string; readonly port: number };
  readonly login?: { readonly user: string; readonly pass: string } | undefined;
}

const DEFAULT_PORT = { smtp: 587, smtps: 465 };

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`. The query may hold `requireTLS`, `ignoreTLS`, `name`
 * (what to greet the server with) and the settings of `tls.connect` as `tls.<setting>`.
 */
export function readSmtpUrl(url: string): SmtpServer {
  // The URL is left out of the text of these errors: it may hold a password.
  if (!/^smtps?:\/\//i.test(url))
    throw new TypeError('The mail server’s URL starts with smtp:// or smtps://.');
  const { host, port, secure = false, auth, tls, ...rest } = parseConnectionUrl(url);
  if (!host) throw new TypeError('The mail server’s URL names no host.');
  const ignoreTLS = rest['ignoreTLS'] === true;
  return {
    connection: {
      host,
      port: port ?? DEFAULT_PORT[secure ? 'smtps' : 'smtp'],
      secure,
      ignoreTLS,
      // A password goes over the network in the clear only where the URL says so.
      requireTLS:
        typeof rest['requireTLS'] === 'boolean' ? rest['requireTLS'] : mustHide(auth, host) && !ignoreTLS,
      ...(typeof rest['name'] === 'string' && { name: rest['name'] }),
      ...(tls && { tls }),
    },
    login: auth,
  };
}

function mustHide(login: object | undefined, host: string): boolean {
  const here = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  return login !== undefined && !here;
}
