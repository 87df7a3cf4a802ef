import type { FastifyInstance } from 'fastify';

/** Bytes of the largest form: the preferences of a person, several times over. */
const LARGEST_FORM = 16 * 1024;

/** Paths below which forms are taken; elsewhere bodies are JSON. */
const FORMS_BELOW = '/reminders/';

const types = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** The name that a part of a form gives itself (RFC 7578, section 4.2). */
const partName = /^content-disposition: *form-data *;.*?\bname="([^"\r\n]*)"/im;

/**
 * Takes forms as browsers send them, and as mail providers do that unsubscribe someone with one click (RFC 8058, section 3.2);
 * their fields arrive as texts. Only where pages have forms: anything else is told that bodies are JSON.
 */
export function readForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    types,
    { parseAs: 'string', bodyLimit: LARGEST_FORM },
    (request, body, done) => {
      if (!request.url.startsWith(FORMS_BELOW)) return done(Object.assign(new Error(), { statusCode: 415 }));
      const type = request.headers['content-type'] ?? '';
      done(null, type.startsWith('multipart/') ? partsOf(String(body), type) : fieldsOf(String(body)));
    },
  );
}

function fieldsOf(body: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

/** Fields of a form in parts. What is not a field of text is left out: no form here has a file. */
function partsOf(body: string, type: string): Record<string, string> {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (!boundary) return {};
  const parts = body.split(`--${boundary}`).slice(1);
  return Object.fromEntries(
    parts.flatMap((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      const name = partName.exec(head)?.[1];
      return name === undefined ? [] : [[name, rest.join('\r\n\r\n').replace(/\r\n$/, '')]];
    }),
  );
}
