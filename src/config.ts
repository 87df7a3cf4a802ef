import { resolve } from 'node:path';
import { z } from 'zod';
import { isTrustworthy, type OidcSettings } from './identity/oidc-tokens.js';

const url = (protocol: RegExp, example: string) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocol.test(new URL(value).protocol),
      `must look like ${example}`,
    );

const postgres = url(/^postgres(ql)?:$/, 'postgres://user:password@host:5432/pacta');

const portRange = 'must be a port, 0 to 65535';

const connectionRange = 'must be a number from 1 to 100';

const mailAddress = z
  .string()
  .regex(
    /^([^<>\r\n"]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    'must look like "Pacta <pacta@example.org>"',
  );

/** Every setting there is. An empty value counts as not given. */
const settings = z.object({
  DATABASE_URL: postgres.optional(),
  DATABASE_OWNER_URL: postgres.optional(),
  REDIS_URL: url(/^rediss?:$/, 'redis://host:6379').optional(),
  ROLE: z.enum(['api', 'worker', 'all'], 'must be api, worker or all').default('all'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portRange)
    .transform(Number)
    .refine((port) => port <= 65535, portRange)
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('data'),
  SMTP_URL: url(/^smtps?:$/, 'smtp://user:password@host:587').optional(),
  SMTP_CONNECTIONS: z
    .string()
    .regex(/^\d{1,3}$/, connectionRange)
    .transform(Number)
    .refine((connections) => connections >= 1 && connections <= 100, connectionRange)
    .default(20),
  MAIL_FROM: mailAddress.default('Pacta <pacta@localhost>'),
  MAIL_ENVIRONMENT: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'must be a name of letters, digits, dots and dashes')
    .optional(),
  PUBLIC_URL: url(/^https?:$/, 'https://pacta.example.org').optional(),
  OIDC_ISSUER: z
    .string()
    .refine(isTrustworthy, 'must look like https://login.example.org; http is for this machine only')
    .optional(),
  OIDC_AUDIENCE: z.string().optional(),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug'], 'must be error, warn, info or debug').default('info'),
  NODE_ENV: z.string().optional(),
});

export type Role = z.infer<typeof settings>['ROLE'];
export type LogLevel = z.infer<typeof settings>['LOG_LEVEL'];

export interface Config {
  /** A given database; undefined for the embedded one. */
  readonly database?: { readonly serviceUrl: string; readonly ownerUrl: string } | undefined;
  readonly redisUrl?: string | undefined;
  readonly role: Role;
  readonly port: number;
  readonly host: string;
  /** Absolute path of the folder for everything kept on this machine. */
  readonly dataDir: string;
  readonly smtpUrl?: string | undefined;
  /** Most connections of one worker to the mail server at a time. */
  readonly smtpConnections: number;
  readonly mailFrom: string;
  /** The environment that mails from this record; undefined to keep a token in the folder below. */
  readonly mailEnvironment?: string | undefined;
  /** Address under which people reach the pages; undefined to derive it from host and port. */
  readonly publicUrl?: string | undefined;
  /** The issuer whose bearer tokens are taken beside keys, and the audience they must name; undefined for none. */
  readonly oidc?: OidcSettings | undefined;
  readonly logLevel: LogLevel;
  /** In production nothing is ever shown or made by default: no examples, no demo keys. */
  readonly production: boolean;
}

/** The environment cannot be used as it is; the message lists everything that is wrong with it. */
export class ConfigError extends Error {}

/** Reads the settings; the only reader of the environment. Throws {@link ConfigError}. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '');
  const { data, error } = settings.safeParse(Object.fromEntries(given));
  const problems = (error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const names = given.map(([name]) => name);
  if (names.includes('DATABASE_OWNER_URL') && !names.includes('DATABASE_URL')) {
    problems.push('DATABASE_OWNER_URL has no meaning without DATABASE_URL');
  }
  if (names.includes('OIDC_ISSUER') !== names.includes('OIDC_AUDIENCE')) {
    problems.push('OIDC_ISSUER and OIDC_AUDIENCE have a meaning together only');
  }
  if (!data || problems.length > 0) throw new ConfigError(listed(problems));
  return {
    database: data.DATABASE_URL
      ? { serviceUrl: data.DATABASE_URL, ownerUrl: data.DATABASE_OWNER_URL ?? data.DATABASE_URL }
      : undefined,
    redisUrl: data.REDIS_URL,
    role: data.ROLE,
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(data.DATA_DIR),
    smtpUrl: data.SMTP_URL,
    smtpConnections: data.SMTP_CONNECTIONS,
    mailFrom: data.MAIL_FROM,
    mailEnvironment: data.MAIL_ENVIRONMENT,
    publicUrl: data.PUBLIC_URL?.replace(/\/+$/, ''),
    oidc:
      data.OIDC_ISSUER && data.OIDC_AUDIENCE
        ? { issuer: data.OIDC_ISSUER, audience: data.OIDC_AUDIENCE }
        : undefined,
    logLevel: data.LOG_LEVEL,
    production: data.NODE_ENV === 'production',
  };
}

function listed(problems: readonly string[]): string {
  return `The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`;
}
