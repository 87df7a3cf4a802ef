import { CountLegend } from './count-legend.js';
import { DialogueSection } from './dialogue-section.js';
import { pageOf } from './layout.js';
import type { DialogueShown } from './page-contents.js';

/** The front page: every dialogue with its focus areas and how they stand. */
export function dialoguesPage(dialogues: readonly DialogueShown[]): string {
  return pageOf({
    title: 'Pacta',
    children: (
      <>
        <div class="opening">
          <h1>What was promised, and how it stands</h1>
          <p class="lead">
            Every commitment made in these dialogues, counted per focus area. Each number leads to the
            commitments behind it, each commitment to its sources and its whole history.
          </p>
        </div>
        {dialogues.map((shown) => (
          <DialogueSection {...shown} />
        ))}
        {dialogues.length === 0 ? <p>No dialogue is on record yet.</p> : <CountLegend />}
      </>
    ),
  });
}
