import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { changed } from './answers.js';

const problemAnswer = (status: number, description: string) =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

/** Describes a read with an entity tag. */
export function Read(summary: string, answer: z.ZodType) {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'Entity tag that you have already.' }),
    ApiOkResponse({ standardSchema: answer, headers: { ETag: { schema: { type: 'string' } } } }),
    ApiResponse({ status: 304, description: 'You have the current state already.' }),
    problemAnswer(404, 'Not on record.'),
  );
}

/** Describes a change; `creates` when something comes into being. */
export function Change(summary: string, creates: 'creates' | 'changes' = 'changes') {
  const described = { standardSchema: changed, headers: { ETag: { schema: { type: 'string' as const } } } };
  return applyDecorators(
    ApiOperation({ summary }),
    ApiBearerAuth(),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'Entity tag as of which you know it; 412 when it was changed since.',
    }),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: '`respond-async`: do not wait for the views.',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Chosen by you, 1 to 255 printable ASCII characters. The same request under the same key is done once ' +
        'and answered alike, for seven days after it was last asked for. A refusal is not kept: nothing was done.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    creates === 'creates' ? ApiCreatedResponse(described) : ApiOkResponse(described),
    ApiResponse({ status: 202, description: 'On record; the views will show it shortly.' }),
    problemAnswer(400, 'The request is not as it must be; each error points to a field.'),
    problemAnswer(401, 'No key, or none that is good.'),
    problemAnswer(403, 'The key does not permit this.'),
    problemAnswer(404, 'Something that it names is not on record.'),
    problemAnswer(409, 'A rule refuses it.'),
    problemAnswer(412, 'Changed since the entity tag in If-Match.'),
    problemAnswer(413, 'The body is larger than 256 KiB.'),
    problemAnswer(415, 'The body is not application/json.'),
    problemAnswer(422, 'The Idempotency-Key was used for another request.'),
    problemAnswer(503, 'The database is away; ask again shortly.'),
  );
}
