import type { Announcement } from '../domain/dialogue.js';
import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { commitmentAddress } from './addresses.js';
import { CountedTo, DueWords, FirstDue } from './due-phrases.js';
import { Text } from './language.js';
import { PartyNames } from './names.js';
import { StandingShown } from './standing-shown.js';

interface TableProps {
  readonly commitments: readonly CommitmentAnswer[];
  readonly announcement: Announcement;
}

/** Commitments with who must do them, by when, and how they stand. */
export function CommitmentsTable({ commitments, announcement }: TableProps) {
  return (
    <table class="commitments">
      <caption class="unseen">
        {commitments.length === 1 ? 'One commitment' : `${commitments.length} commitments`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Reference</th>
          <th scope="col">Commitment</th>
          <th scope="col">Responsible</th>
          <th scope="col">Due</th>
          <th scope="col">How it stands</th>
        </tr>
      </thead>
      <tbody>
        {commitments.map((commitment) => (
          <CommitmentRow commitment={commitment} announcement={announcement} />
        ))}
      </tbody>
    </table>
  );
}

function CommitmentRow(props: { commitment: CommitmentAnswer; announcement: Announcement }) {
  const { commitment, announcement } = props;
  const { id, titles, due, undertakings } = commitment;
  const responsible = undertakings.map(({ party }) => party);
  return (
    <tr>
      <td class="reference">{id}</td>
      <th scope="row">
        <a href={commitmentAddress(announcement.slug, id)}>
          <Text of={titles} />
        </a>
      </th>
      <td data-label="Responsible">
        <PartyNames codes={responsible} among={announcement.parties} />
      </td>
      <td data-label="Due">
        <DueWords due={due} />
        <span class="counted">
          <CountedTo due={due} />
        </span>
        <FirstDue {...commitment} />
      </td>
      <td data-label="How it stands">
        <StandingShown of={commitment} parties={announcement.parties} />
      </td>
    </tr>
  );
}
