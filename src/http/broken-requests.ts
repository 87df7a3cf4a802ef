import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from './problem.js';

const broken: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large', 'The header fields are larger than is accepted here.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too-slow', 'The request did not arrive in time.'],
};

/** Answers what does not even come to be a request: header fields too large, or no HTTP. The connection ends. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const [status, code, detail] = broken[error.code ?? ''] ?? [
      400,
      'malformed',
      'The request cannot be read as it must be.',
    ];
    const problem: Problem = {
      type: `urn:pacta:problem:${code}`,
      title: 'Bad request',
      status,
      detail,
      correlationId: randomUUID(),
    };
    const body = JSON.stringify(problem);
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}
