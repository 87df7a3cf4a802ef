import type { Role } from '../domain/actor.js';
import type { Party } from '../domain/dialogue.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { InstantShown } from './date-words.js';
import { nameOf } from './names.js';

const many: Readonly<Record<Role, string>> = {
  recorder: 'recorders',
  'desk-officer': 'desk officers',
  'focal-point': 'focal points',
  secretariat: 'the secretariat',
  'co-chair': 'the co-chair',
  auditor: 'auditors',
  system: 'Pacta itself',
};

/** Who may read what is not public, as a phrase; undefined for what is. */
export function readersInWords(
  confidentiality: CommitmentAnswer['confidentiality'],
  parties: readonly Party[],
): string | undefined {
  switch (confidentiality.level) {
    case 'public':
      return undefined;
    case 'parties':
      return 'Officials of all parties';
    case 'own-side':
      return `Officials of ${nameOf(confidentiality.party, parties)}`;
    case 'restricted': {
      const roles = new Intl.ListFormat('en-GB').format(confidentiality.roles.map((role) => many[role]));
      return `Only ${roles} of ${nameOf(confidentiality.party, parties)}`;
    }
  }
}

/** Says to those who may read it that others may not, why, and until when. */
export function ConfidentialityMark({ of, parties }: { of: CommitmentAnswer; parties: readonly Party[] }) {
  const readers = readersInWords(of.confidentiality, parties);
  if (!readers) return null;
  return (
    <p class="withheld">
      <strong>{readers}.</strong>
      {of.ground && ` Withheld from others: ${of.ground}`}
      {of.embargoUntil && (
        <>
          {' '}
          Under embargo: public from <InstantShown at={of.embargoUntil} />.
        </>
      )}
    </p>
  );
}
