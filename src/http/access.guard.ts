import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../domain/actor.js';
import { permittedIn, readerIn } from '../identity/acting.js';
import { type Bearer, Bearers } from '../identity/bearers.js';
import type { Permission } from '../identity/permissions.js';
import { Unauthorized } from './problem.js';

/** What a route needs its caller to be permitted to do. */
export const Needs = Reflector.createDecorator<Permission>();

/** Marks a change that takes no key: whoever holds the address may make it, since nobody can guess it. */
export const HeldByAddress = Reflector.createDecorator<true>();

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Who is asking; always present where a route needs a permission. On a read that is open it is there for those
     * who said who they are and to whom something is granted in that dialogue.
     */
    actor?: Actor;
  }
}

/**
 * Reads of the record are open, and so are changes by a secret address; everything else needs someone to whom it is granted. What says nothing of what it
 * needs is denied to everyone.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly bearers: Bearers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { dialogue?: string } }>>();
    const { dialogue } = request.params;
    const permission = this.reflector.get(Needs, context.getHandler());
    const isOpen =
      ['GET', 'HEAD'].includes(request.method) || this.reflector.get(HeldByAddress, context.getHandler());
    if (!permission && isOpen) {
      const bearer = request.headers.authorization === undefined ? undefined : await this.bearerOf(request);
      const reader = bearer && readerIn(bearer, dialogue);
      if (reader) request.actor = reader;
    } else {
      request.actor = permittedIn(await this.bearerOf(request), dialogue, permission);
    }
    return true;
  }

  private async bearerOf({ headers: { authorization = '' } }: FastifyRequest): Promise<Bearer> {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    if (!token) throw new Unauthorized('This needs a key: send it as "Authorization: Bearer pacta_…".');
    const bearer = await this.bearers.identify(token);
    if (bearer) return bearer;
    throw new Unauthorized('This key or token is unknown, expired or revoked.', 'invalid_token');
  }
}
