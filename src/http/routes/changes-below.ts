import type { ChangeRoute, Params } from '../change-route.js';

/** A maker of routes for what happens to something that exists, at addresses below its own. */
export const changesBelow =
  (base: string, Request: ChangeRoute['Request'], idIn: (params: Params) => string = ({ id }) => id!) =>
  (
    command: ChangeRoute['command'],
    method: ChangeRoute['method'],
    path: string,
    body: ChangeRoute['body'],
    summary: string,
  ): ChangeRoute => ({
    command,
    method,
    path: `${base}/${path}`,
    summary,
    body,
    Request,
    id: (_data, params) => idIn(params),
  });
