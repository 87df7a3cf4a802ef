import { Body, Controller, Param, Post, Put, type Type } from '@nestjs/common';
import type { Command } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Asked } from '../commands/asked.js';
import { type Said, takeApart } from '../commands/fields.js';
import type { CommandType } from '../domain/vocabulary.js';
import type { Decided } from '../event-store/run-decider.js';
import { Caller, type Changed, Changes } from './changes.js';
import { Change } from './documented.js';
import { Needs } from './access.guard.js';

/** Parameters of an address, by name. */
export type Params = Readonly<Record<string, string>>;

/** One address at which one command can be asked for. Its caller needs the permission of the same name. */
export interface ChangeRoute {
  readonly command: CommandType;
  readonly method: 'POST' | 'PUT';
  /** Below `/v1`. */
  readonly path: string;
  readonly summary: string;
  readonly body: z.ZodObject;
  /** What carries it on the command bus. */
  readonly Request: new (asked: Asked<never>) => Command<Decided> & { readonly asked: Asked<unknown> };
  /** Log that it is recorded in; without it the dialogue of the address. */
  readonly log?: (data: never) => string;
  /** Id within the kind of stream; without it the `id` of the address. */
  readonly id?: (data: never, params: Params) => string;
  /** Address of what comes into being, where something does. */
  readonly created?: (log: string, id: string) => string;
}

/** A controller that carries each of `routes` to the command bus. */
export function controllerFor(name: string, tag: string, routes: readonly ChangeRoute[]): Type {
  const controller = { [name]: class extends ChangesController {} }[name]!;
  Controller('v1')(controller);
  ApiTags(tag)(controller);
  Reflect.defineMetadata('design:paramtypes', [Changes], controller);
  for (const route of routes) addRoute(controller, route);
  return controller;
}

class ChangesController {
  constructor(readonly changes: Changes) {}
}

function addRoute(controller: typeof ChangesController, route: ChangeRoute): void {
  const name = route.command[0]!.toLowerCase() + route.command.slice(1);
  const target = controller.prototype as unknown as Record<string, unknown>;
  // Made with its name: the description of the API goes by it.
  Object.assign(target, {
    [name](this: ChangesController, params: Params, body: Said, caller: Caller) {
      return make(this.changes, route, params, body, caller);
    },
  });
  Reflect.defineMetadata('design:paramtypes', [Object, Object, Object], target, name);
  Param()(target, name, 0);
  Body({ schema: route.body })(target, name, 1);
  Caller()(target, name, 2);
  const decorators = [
    route.method === 'POST' ? Post(route.path) : Put(route.path),
    Needs(route.command),
    Change(route.summary, route.created ? 'creates' : 'changes'),
    ...[...route.path.matchAll(/:(\w+)/g)].map(([, param]) => ApiParam({ name: param!, type: String })),
  ];
  const descriptor = Object.getOwnPropertyDescriptor(target, name)!;
  for (const decorate of decorators) decorate(target, name, descriptor);
}

function make(
  changes: Changes,
  route: ChangeRoute,
  params: Params,
  body: Said,
  caller: Caller,
): Promise<Changed> {
  const { data: given, said } = takeApart(body);
  const log = route.log?.(given as never) ?? params['dialogue']!;
  return changes.make(caller, {
    log,
    id: route.id?.(given as never, params) ?? params['id']!,
    created: route.created,
    command: (id, causationId) => {
      // An id that was chosen for the caller is part of what is recorded.
      const data = route.created && 'id' in route.body.shape ? Object.assign({ id }, given, { id }) : given;
      const command = { type: route.command, data };
      return new route.Request({ causationId, log, id, command, said, ...caller.asks } as Asked<never>);
    },
  });
}
