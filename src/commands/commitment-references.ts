import type { CommitmentCommand } from '../domain/commitment/commands.js';
import { type Asked, type Reference, REGISTRY } from './asked.js';

/** Every stream that a command about a commitment names, with the field that names it. */
export function referencesOf({ log, command }: Asked<CommitmentCommand>): Reference[] {
  const inDialogue = (kind: string) => (id: string | number, field: string) => ({ log, kind, id, field });
  const commitment = inDialogue('commitment');
  const focusAreas = (codes: readonly string[]) =>
    codes.map((code, index) => inDialogue('focus-area')(code, `/focusAreas/${index}`));
  const round = (number: number | undefined, field = '/round') =>
    number === undefined ? [] : [inDialogue('round')(number, field)];
  switch (command.type) {
    case 'ProposeCommitment': {
      const { undertakings } = command.data;
      return [
        ...focusAreas(command.data.focusAreas),
        ...round(command.data.round),
        ...undertakings.flatMap((each, index) => organisationsOf(each, `/undertakings/${index}`)),
      ];
    }
    case 'MoveCommitmentToFocusArea':
      return focusAreas(command.data.focusAreas);
    case 'CorrectCommitment':
      return round(command.data.changes.round, '/changes/round');
    case 'ReaffirmCommitment':
      return round(command.data.round);
    case 'AssignUndertaking':
      return organisationsOf(command.data, '');
    case 'TransferUndertaking':
      return [organisation(command.data.to, '/to')];
    case 'TranslateCommitment':
      return command.data.translator ? [organisation(command.data.translator, '/translator')] : [];
    case 'SplitCommitment':
      return command.data.into.map((id, index) => commitment(id, `/into/${index}`));
    case 'MergeCommitment':
      return [commitment(command.data.into, '/into')];
    case 'SupersedeCommitment':
      return command.data.by.map((id, index) => commitment(id, `/by/${index}`));
    case 'RecordAssessment':
    case 'ReviseAssessment':
      return [organisation(command.data.assessor, '/assessor')];
    default:
      return [];
  }
}

/** Ids of the commitments that are to succeed this one. */
export function otherCommitmentsNamed(command: CommitmentCommand): readonly string[] {
  switch (command.type) {
    case 'SplitCommitment':
      return command.data.into;
    case 'MergeCommitment':
      return [command.data.into];
    case 'SupersedeCommitment':
      return command.data.by;
    default:
      return [];
  }
}

function organisationsOf(
  { lead, supporting = [] }: { lead?: string | undefined; supporting?: readonly string[] | undefined },
  field: string,
): Reference[] {
  return [
    ...(lead ? [organisation(lead, `${field}/lead`)] : []),
    ...supporting.map((id, index) => organisation(id, `${field}/supporting/${index}`)),
  ];
}

function organisation(id: string, field: string): Reference {
  return { log: REGISTRY, kind: 'organisation', id, field };
}
