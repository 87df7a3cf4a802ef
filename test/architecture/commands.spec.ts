import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Command, CommandBus, CqrsModule } from '@nestjs/cqrs';
import { z } from 'zod';
import { AppModule, commandHandlers, type Parts } from '../../src/app.module.js';
import type { Asked } from '../../src/commands/asked.js';
import { Decisions } from '../../src/commands/decisions.js';
import { controllers, exportsOf, type Route, routesOf } from './routes.js';
import { commandTypes, streamKinds } from './vocabulary.js';

/** Nobody asks for these over HTTP: the worker records what it does, operators work on the command line. */
const ofTheWorker = [
  'RecordReminderSent',
  'RecordReminderUncertain',
  'RecordReminderFailed',
  'RaiseEscalation',
  'AcknowledgeReminder',
  'SnoozeReminder',
  'HandOverReminder',
  'LapseCommitment',
  'CarryOverCommitment',
];
const ofOperators = ['GrantAccess', 'RevokeAccess', 'SkipEvent', 'RetryLog'];
const asked = commandTypes.filter((type) => ![...ofTheWorker, ...ofOperators].includes(type));

describe.each([...asked, ...ofOperators])('the command %s', (type) => {
  test('has a schema for its body, which refuses what it does not know', async () => {
    const schema = (await exportsOf('src/commands')).get(type[0]!.toLowerCase() + type.slice(1));
    expect(schema).toBeInstanceOf(z.ZodObject);
    const { error } = (schema as z.ZodObject).safeParse({ unheardOf: true });
    expect(error?.issues.flatMap((issue) => ('keys' in issue ? issue.keys : []))).toEqual(['unheardOf']);
  });
});

describe('on the way to the domain', () => {
  let app: INestApplicationContext;

  /** Tells which decider it is asked to run, and finds everything that a command names. */
  const decision = {
    dialogue: () => Promise.resolve({ parties: [] }),
    mustExist: () => Promise.resolve(),
    isFollowUpWithheld: () => Promise.resolve(false),
    load: () => Promise.resolve({ registered: false }),
    whileParked: (_subscription: string, _log: string, act: () => Promise<unknown>) => act(),
    decide: (decider: { kind: string }) => Promise.resolve(decider.kind),
  };
  const decisions = { make: (attempt: (on: typeof decision) => Promise<string>) => attempt(decision) };

  beforeAll(async () => {
    class Handlers {}
    const bus = {
      module: Handlers,
      imports: [CqrsModule.forRoot()],
      providers: [{ provide: Decisions, useValue: decisions }, ...commandHandlers],
    };
    app = await NestFactory.createApplicationContext(bus, { logger: false, abortOnError: false });
  });

  afterAll(() => app.close());

  test.each(streamKinds)('what is asked of a %s reaches its decider', async (kind) => {
    const name = `Change${kind.replace(/(^|-)[a-z]/g, (start) => start.slice(-1).toUpperCase())}`;
    const Change = (await exportsOf('src/commands')).get(name) as new (
      asked: Asked<unknown>,
    ) => Command<unknown>;
    const lists = { commitments: [], focusAreas: [], undertakings: [], parties: [] };
    const command = new Change({
      log: 'river-and-soil',
      id: 'ENV-3',
      command: { type: 'Any', data: lists },
      actor: { id: 'key-1', role: 'recorder' },
      said: {},
      correlationId: 'r-1',
    });
    expect(await app.get(CommandBus).execute(command)).toBe(kind);
  });

  test('there is one handler for each kind of stream', () => {
    expect(streamKinds.length).toBeGreaterThanOrEqual(8);
    expect(commandHandlers).toHaveLength(streamKinds.length);
  });
});

describe('a route', () => {
  let routes: Route[];

  beforeAll(async () => {
    routes = (await controllers()).flatMap(routesOf);
  });

  test('is there for each command, and only one', () => {
    const needed = routes.flatMap(({ needs }) => needs ?? []).filter((needs) => needs !== 'ManageContacts');
    expect(needed.toSorted()).toEqual(asked);
  });

  test('that changes something says what its caller must be permitted', () => {
    // A page behind a link in a mail is changed by whoever holds the link.
    const changing = routes.filter(
      ({ method, name }) => method !== 'GET' && name !== 'ReminderPagesController.act',
    );
    expect(changing.length).toBeGreaterThanOrEqual(asked.length);
    expect(changing.filter(({ needs }) => needs === undefined).map(({ name }) => name)).toEqual([]);
  });

  test('to the contacts of a party is open to nobody without a key, not even to read', () => {
    const personal = routes.filter(({ name }) => name.startsWith('ContactsController.'));
    expect(personal.map(({ method, needs }) => `${method} ${needs}`).toSorted()).toEqual([
      'DELETE ManageContacts',
      'GET ManageContacts',
      'PUT ManageContacts',
    ]);
  });

  test('is served: the role api has every controller, a worker answers for its health and can be watched, and that is all', async () => {
    const served = (role: 'api' | 'worker' | 'all') => AppModule.for(role, {} as Parts).controllers ?? [];
    const written = await controllers();
    expect(new Set(served('api'))).toEqual(new Set(written));
    expect(new Set(served('all'))).toEqual(new Set(written));
    expect(served('worker').map((controller) => controller.name)).toEqual([
      'HealthController',
      'MetricsController',
    ]);
  });
});
