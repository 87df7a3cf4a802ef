import { resolve } from 'node:path';
import { ConfigError, readConfig } from '../../src/config.js';

/** What is wrong with an environment, one line per problem. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').slice(1);
  }
  return [];
}

const defaults = {
  database: undefined,
  redisUrl: undefined,
  role: 'all',
  port: 3000,
  host: '127.0.0.1',
  dataDir: resolve('data'),
  smtpUrl: undefined,
  smtpConnections: 20,
  mailFrom: 'Pacta <pacta@localhost>',
  publicUrl: undefined,
  oidc: undefined,
  logLevel: 'info',
  production: false,
};

describe('the settings', () => {
  test('need not be given: by default everything runs here, for this machine only', () => {
    expect(readConfig({})).toEqual(defaults);
  });

  test('that are empty or blank count as not given', () => {
    const empty = { DATABASE_URL: '', DATABASE_OWNER_URL: '', PORT: ' ', ROLE: '', SMTP_URL: '\t', HOST: '' };
    expect(readConfig({ ...empty, DATA_DIR: undefined })).toEqual(defaults);
  });

  test('are all read', () => {
    const given = {
      DATABASE_URL: 'postgres://pacta@db/pacta',
      DATABASE_OWNER_URL: 'postgresql://owner@db/pacta',
      REDIS_URL: 'rediss://cache:6379',
      ROLE: 'worker',
      PORT: '0',
      HOST: '::',
      DATA_DIR: '/var/lib/pacta',
      SMTP_URL: 'smtps://mail.example.org',
      SMTP_CONNECTIONS: '3',
      MAIL_FROM: 'reminders@example.org',
      PUBLIC_URL: 'https://pacta.example.org/',
      OIDC_ISSUER: 'https://login.example.org/realm/',
      OIDC_AUDIENCE: 'pacta',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
    };
    expect(readConfig(given)).toEqual({
      database: { serviceUrl: 'postgres://pacta@db/pacta', ownerUrl: 'postgresql://owner@db/pacta' },
      redisUrl: 'rediss://cache:6379',
      role: 'worker',
      port: 0,
      host: '::',
      dataDir: resolve('/var/lib/pacta'),
      smtpUrl: 'smtps://mail.example.org',
      smtpConnections: 3,
      mailFrom: 'reminders@example.org',
      publicUrl: 'https://pacta.example.org',
      oidc: { issuer: 'https://login.example.org/realm/', audience: 'pacta' },
      logLevel: 'debug',
      production: true,
    });
  });

  test('of other programs are passed over', () => {
    expect(readConfig({ PATH: '/bin', EDITOR: 'ed' })).toEqual(defaults);
  });

  test('log in as the owner with the one address that is given', () => {
    const url = 'postgres://pacta@db/pacta';
    expect(readConfig({ DATABASE_URL: url }).database).toEqual({ serviceUrl: url, ownerUrl: url });
  });

  test('mean production only when they say so', () => {
    expect(readConfig({ NODE_ENV: 'test' }).production).toBe(false);
  });
});

describe('a setting that cannot be used', () => {
  const bad = {
    DATABASE_URL: 'mysql://db/pacta',
    DATABASE_OWNER_URL: 'db:5432',
    REDIS_URL: 'http://cache',
    ROLE: 'server',
    PORT: 'http',
    SMTP_URL: 'mail.example.org',
    SMTP_CONNECTIONS: '0',
    MAIL_FROM: 'Pacta',
    PUBLIC_URL: 'pacta.example.org',
    OIDC_ISSUER: 'http://login.example.org',
    OIDC_AUDIENCE: 'pacta',
    LOG_LEVEL: 'verbose',
  };

  test('is named, and so is every other one, at once', () => {
    expect(problemsOf(bad)).toEqual([
      '  - DATABASE_URL must look like postgres://user:password@host:5432/pacta',
      '  - DATABASE_OWNER_URL must look like postgres://user:password@host:5432/pacta',
      '  - REDIS_URL must look like redis://host:6379',
      '  - ROLE must be api, worker or all',
      '  - PORT must be a port, 0 to 65535',
      '  - SMTP_URL must look like smtp://user:password@host:587',
      '  - SMTP_CONNECTIONS must be a number from 1 to 100',
      '  - MAIL_FROM must look like "Pacta <pacta@example.org>"',
      '  - PUBLIC_URL must look like https://pacta.example.org',
      '  - OIDC_ISSUER must look like https://login.example.org; http is for this machine only',
      '  - LOG_LEVEL must be error, warn, info or debug',
    ]);
  });

  test.each(['65536', '-1', '80.5', '80a', '1e9'])('is the port %s', (PORT) => {
    expect(problemsOf({ PORT })).toEqual([expect.stringMatching(/^ {2}- PORT /)]);
  });

  test('is an owner’s address of no database', () => {
    expect(problemsOf({ DATABASE_OWNER_URL: 'postgres://owner@db/pacta' })).toEqual([
      '  - DATABASE_OWNER_URL has no meaning without DATABASE_URL',
    ]);
  });

  test.each<Record<string, string>>([
    { OIDC_ISSUER: 'https://login.example.org' },
    { OIDC_AUDIENCE: 'pacta' },
  ])('is half of what tells good tokens: %j', (half) => {
    expect(problemsOf(half)).toEqual(['  - OIDC_ISSUER and OIDC_AUDIENCE have a meaning together only']);
  });

  test.each([
    'http://10.0.0.1',
    'http://localhost.example.org',
    'http://127.example.org',
    'ftp://127.0.0.1',
    'x',
  ])('is the issuer %s, whose keys somebody between could replace', (OIDC_ISSUER) => {
    expect(problemsOf({ OIDC_ISSUER, OIDC_AUDIENCE: 'pacta' })).toHaveLength(1);
  });

  test.each(['http://127.0.0.1:4000', 'http://localhost:4000/', 'http://[::1]:4000'])(
    'is not the issuer %s, which is on this machine',
    (OIDC_ISSUER) => {
      expect(problemsOf({ OIDC_ISSUER, OIDC_AUDIENCE: 'pacta' })).toEqual([]);
    },
  );

  test.each(['Pacta <pacta@example.org>\r\nBcc: all@example.org', 'a@b@c', 'pacta@', '<pacta@example.org>'])(
    'is the sender %j',
    (MAIL_FROM) => {
      expect(problemsOf({ MAIL_FROM })).toHaveLength(1);
    },
  );

  test('does not show its value, which may hold a password', () => {
    const text = problemsOf({ ...bad, DATABASE_URL: 'mysql://pacta:secret@db/pacta' }).join('\n');
    expect(text).not.toContain('secret');
  });
});
