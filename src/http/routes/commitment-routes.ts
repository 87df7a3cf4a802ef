import type { z } from 'zod';
import { proposeCommitment } from '../../commands/commitment-bodies.js';
import { ChangeCommitment } from '../../commands/commitment.js';
import { newId } from '../../commands/new-id.js';
import type { CommitmentCommand } from '../../domain/commitment/commands.js';
import type { ChangeRoute } from '../change-route.js';
import { changesBelow } from './changes-below.js';
import { conductRows } from './commitment-conduct-rows.js';
import { textRows } from './commitment-text-rows.js';

const commitments = 'dialogues/:dialogue/commitments';

const of = changesBelow(`${commitments}/:id`, ChangeCommitment);

/** One command at an address below the commitment's own. What can happen again is posted, what is so from then on is put. */
export type CommitmentRow = readonly [
  command: CommitmentCommand['type'],
  method: ChangeRoute['method'],
  path: string,
  body: z.ZodObject,
  summary: string,
];

/** Changes of a commitment. */
export const commitmentRoutes: readonly ChangeRoute[] = [
  {
    command: 'ProposeCommitment',
    method: 'POST',
    path: commitments,
    summary: 'Propose a commitment, with its source and a due window of any precision',
    body: proposeCommitment,
    Request: ChangeCommitment,
    id: ({ id }: { id?: string }) => id ?? newId(),
    created: (log, id) => `/v1/dialogues/${log}/commitments/${id}`,
  },
  ...[...textRows, ...conductRows].map((row) => of(...row)),
];
