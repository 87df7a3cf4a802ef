import { announceDialogue, ChangeDialogue } from '../../commands/dialogue.js';
import type { ChangeRoute } from '../change-route.js';

/** Changes of a dialogue. */
export const dialogueRoutes: readonly ChangeRoute[] = [
  {
    command: 'AnnounceDialogue',
    method: 'POST',
    path: 'dialogues',
    summary: 'Announce a dialogue',
    body: announceDialogue,
    Request: ChangeDialogue,
    log: ({ slug }: { slug: string }) => slug,
    id: ({ slug }: { slug: string }) => slug,
    created: (log) => `/v1/dialogues/${log}`,
  },
];
