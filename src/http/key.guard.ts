import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../domain/actor.js';
import { Forbidden } from '../domain/refusal.js';
import { ApiKeys } from '../identity/api-keys.js';
import { mayDo, type Permission } from '../identity/permissions.js';
import { Unauthorized } from './problem.js';

/** What a route needs its caller to be permitted to do. */
export const Needs = Reflector.createDecorator<Permission>();

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking; always present where a route needs a permission, elsewhere when they said so. */
    actor?: Actor;
  }
}

/** Reads of the record are open; everything else needs a key that is good for it. What says nothing is denied. */
@Injectable()
export class KeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { dialogue?: string } }>>();
    const permission = this.reflector.get(Needs, context.getHandler());
    const isOpen = !permission && ['GET', 'HEAD'].includes(request.method);
    if (isOpen && request.headers.authorization === undefined) return true;
    const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!key) throw new Unauthorized('This needs a key: send it as "Authorization: Bearer pacta_…".');
    const holder = await this.keys.holderOf(key);
    if (!holder) throw new Unauthorized('This key is unknown, expired or revoked.');
    if (!isOpen && !(permission && mayDo(holder.actor, permission))) {
      throw new Forbidden('not-permitted', `The role ${holder.actor.role} may not do this.`);
    }
    const { dialogue } = request.params;
    const elsewhere = isOpen
      ? dialogue !== undefined && dialogue !== holder.dialogue
      : dialogue !== holder.dialogue;
    if (holder.dialogue && elsewhere) {
      throw new Forbidden('other-dialogue', `This key is good for the dialogue ${holder.dialogue} only.`);
    }
    request.actor = holder.actor;
    return true;
  }
}
