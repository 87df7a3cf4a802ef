import { AssessmentsShown } from './assessments-shown.js';
import { CommitmentFacts } from './commitment-facts.js';
import { CommitmentSources } from './commitment-sources.js';
import { CommitmentText } from './commitment-text.js';
import { ConfidentialityMark } from './confidentiality-mark.js';
import { DeliverySection } from './delivery-section.js';
import { DifferingAccounts } from './differing-accounts.js';
import { DueMoves } from './due-moves.js';
import { chosen, Text } from './language.js';
import { InventedNotice, pageOf, withinDialogue } from './layout.js';
import { listAddress } from './addresses.js';
import type { CommitmentShown } from './page-contents.js';
import { StandingShown } from './standing-shown.js';
import { Timeline } from './timeline.js';
import { UndertakingsTable } from './undertakings-table.js';
import { WaitingSection } from './waiting-section.js';

/** The page of one commitment: what was promised, how it stands, and everything that happened to it. */
export function commitmentPage(shown: CommitmentShown): string {
  const { announcement, commitment } = shown;
  const places = withinDialogue(announcement);
  return pageOf({
    title: `${commitment.id} ${chosen(commitment.titles).words}`,
    within: [...places, { label: 'Commitments', address: listAddress(announcement.slug) }],
    children: (
      <article>
        <InventedNotice of={announcement} />
        <ConfidentialityMark of={commitment} parties={announcement.parties} />
        <div class="opening">
          <p class="reference">{commitment.id}</p>
          <h1>
            <Text of={commitment.titles} />
          </h1>
          <StandingShown of={commitment} parties={announcement.parties} />
        </div>
        <WaitingSection {...shown} />
        <div class="columns">
          <CommitmentFacts {...shown} />
          <div>
            <CommitmentText {...shown} />
            <DifferingAccounts {...shown} />
            <DueMoves {...shown} />
            <UndertakingsTable {...shown} />
            <DeliverySection {...shown} />
            <AssessmentsShown {...shown} />
            <CommitmentSources {...shown} />
          </div>
        </div>
        <Timeline {...shown} />
      </article>
    ),
  });
}
