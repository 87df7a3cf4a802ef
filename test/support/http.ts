import type { Type } from '@nestjs/common';
import type { InjectOptions } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { createHttpApplication, serveDescription } from '../../src/http/http-application.js';
import { ApiKeys, type KeyTerms } from '../../src/identity/api-keys.js';
import { openTestRecord, type Settings, type TestRecord } from './open-record.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Record<string, unknown> & { readonly errors?: { pointer: string; detail: string }[] };
  readonly etag: string;
}

interface Asking {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** The API on a database of its own, spoken to without a network. */
export interface TestApi extends TestRecord {
  readonly app: NestFastifyApplication;
  ask(method: InjectOptions['method'], url: string, asking?: Asking): Promise<Answer>;
  key(terms: KeyTerms): Promise<string>;
}

interface Opening {
  readonly settings?: Settings;
  /** Another one whose database this one works on too, as a second process would. */
  readonly on?: Pick<TestRecord, 'serviceUrl' | 'ownerUrl'>;
  /** What it serves besides. */
  readonly controllers?: readonly Type[];
}

export async function openTestApi({ settings, on, controllers = [] }: Opening = {}): Promise<TestApi> {
  const record = await openTestRecord(settings, on);
  const module = AppModule.for('api', record);
  const served = { ...module, controllers: [...(module.controllers ?? []), ...controllers] };
  const app = await createHttpApplication(served, 'error');
  record.ending.afterwards(() => app.close());
  serveDescription(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    ...record,
    app,
    key: (terms) => app.get(ApiKeys).create(terms),
    async ask(method, url, { key, body, headers = {} } = {}) {
      const response = await app.inject({
        method,
        url,
        headers: {
          ...(key && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const isJson = /json/.test(String(response.headers['content-type']));
      return {
        status: response.statusCode,
        headers: response.headers,
        body: isJson ? response.json() : { text: response.payload },
        etag: String(response.headers.etag),
      };
    },
  };
}
