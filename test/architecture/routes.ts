import { join } from 'node:path';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import { Needs } from '../../src/http/access.guard.js';
import { sourcesIn } from './source-files.js';

export interface Route {
  /** Controller and method, as in `StatusController.all`. */
  readonly name: string;
  readonly method: string;
  /** With its parameters, as in `/v1/dialogues/:dialogue`. */
  readonly path: string;
  /** The permission that its caller needs; undefined for a route that is open. */
  readonly needs: string | undefined;
}

/** What the modules of a folder export, under the names that they give it. */
export async function exportsOf(folder: string): Promise<Map<string, unknown>> {
  const modules = sourcesIn(folder).map(
    ({ path }) => import(join(__dirname, '..', '..', path)) as Promise<Record<string, unknown>>,
  );
  return new Map((await Promise.all(modules)).flatMap((module) => Object.entries(module)));
}

/** Every controller that is written anywhere in src for the API and the pages. */
export async function controllers(): Promise<Type[]> {
  const exported = [...(await exportsOf('src/http')).values(), ...(await exportsOf('src/web')).values()];
  return exported.filter(
    (each): each is Type => typeof each === 'function' && Reflect.hasMetadata(PATH_METADATA, each),
  );
}

export function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
    const needs = new Reflector().get(Needs, handler as never) as string | undefined;
    const path = [controller, handler]
      .map((part) => (Reflect.getMetadata(PATH_METADATA, part) as string).replace(/^\/|\/$/g, ''))
      .filter(Boolean)
      .join('/');
    return [{ name: `${controller.name}.${name}`, method, path: `/${path}`, needs }];
  });
}
