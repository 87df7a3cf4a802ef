import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { ConsoleLogger, type DynamicModule, type LogLevel as NestLogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { answerBrokenRequest } from './broken-requests.js';
import { readForms } from './form-bodies.js';
import { answerWithProblem } from './problem.filter.js';
import { parseStrictJson } from './strict-json.js';
import { problem } from './answers.js';

/** Bytes of the largest body that is accepted; long texts are references, not bodies. */
const BODY_LIMIT = 256 * 1024;

/** Characters of the longest part of an address that names something: the token of a link in a mail. */
const LONGEST_NAME = 300;

/** Longest that the requests in hand may take when the service ends, in milliseconds: a change waits for its views for five seconds. */
const ANSWERED_WITHIN = 6000;

const levels: Record<string, NestLogLevel[]> = {
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** The Nest application over Fastify, set up but not yet listening. */
export async function createHttpApplication(
  module: DynamicModule,
  logLevel: string,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: LONGEST_NAME },
    genReqId: () => randomUUID(),
    frameworkErrors: answerWithProblem,
    clientErrorHandler: answerBrokenRequest,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new ConsoleLogger({ json: true, colors: false, logLevels: levels[logLevel] ?? [] }),
    abortOnError: false,
    bodyParser: false,
  });
  readBodiesStrictly(adapter);
  app.enableShutdownHooks([]);
  return app;
}

/** Takes no more requests and answers those in hand; connections on which that takes too long are cut. */
export async function stopServing(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer() as Server;
  // Fastify looks once: a connection that is kept after its answer would be waited for.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), ANSWERED_WITHIN);
  await app.close().finally(() => {
    clearInterval(idle);
    clearTimeout(cut);
  });
}

/** JSON is the only type of body that there is, but for the forms of a few pages. */
function readBodiesStrictly(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseStrictJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  readForms(fastify);
}

/** The description of the API, OpenAPI 3.1. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.1')
    .setTitle('Pacta')
    .setDescription(
      'The record of what parties promise each other: commitments as immutable events, status per focus area, history.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An API key, pacta_…, or a token of the issuer that is trusted here.',
    })
    .build();
  const { components, ...document } = SwaggerModule.createDocument(app, description);
  return {
    ...document,
    components: { ...components, schemas: { ...components?.schemas, Problem: problem } },
  };
}

/** Serves the description at /openapi.json and for people at /docs. */
export function serveDescription(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Pacta API',
  });
}
