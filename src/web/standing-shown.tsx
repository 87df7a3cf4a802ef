import type { Party } from '../domain/dialogue.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { standingOf, type Tone } from './standing-words.js';

/** How a commitment stands: the governing word, then the facts beside it. */
export function StandingShown({ of, parties }: { of: CommitmentAnswer; parties: readonly Party[] }) {
  const { words, tone, besides } = standingOf(of, parties);
  return (
    <div class="standing">
      <ToneWord tone={tone}>{words}</ToneWord>
      {besides.length > 0 && <span class="besides">{besides.join(' · ')}</span>}
    </div>
  );
}

/** A word with a mark whose shape and colour repeat what it says. */
export function ToneWord({ tone, children }: { tone: Tone; children: string }) {
  return <span class={`tone ${tone}`}>{children}</span>;
}
