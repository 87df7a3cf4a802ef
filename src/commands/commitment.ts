import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { commitment } from '../domain/commitment/commitment.js';
import type { CommitmentCommand } from '../domain/commitment/events.js';
import { focusArea, mustTakeCommitments } from '../domain/focus-area.js';
import { isJoint, sourceDocument } from '../domain/source-document.js';
import { digestOf } from '../event-store/entry.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, Decisions, type Reference, REGISTRY } from './decisions.js';

/** Something asked of a commitment. */
export class ChangeCommitment extends Command<Decided> {
  constructor(readonly asked: Asked<CommitmentCommand>) {
    super();
  }
}

@CommandHandler(ChangeCommitment)
export class ChangeCommitmentHandler implements ICommandHandler<ChangeCommitment> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeCommitment): Promise<Decided> {
    const { parties } = await this.decisions.dialogue(asked.log);
    await this.decisions.mustExist(referencesOf(asked));
    await this.mustBeGrouped(asked);
    return this.decisions.decide(commitment, asked, parties, {
      parties,
      sources: asked.said.sources,
      reason: asked.said.reason,
      jointSource: await this.citesJointDocument(asked),
      digestOf,
    });
  }

  /** Refuses a proposal under a focus area that has ended. */
  private async mustBeGrouped({ log, command }: Asked<CommitmentCommand>): Promise<void> {
    if (command.type !== 'ProposeCommitment') return;
    for (const [index, code] of command.data.focusAreas.entries()) {
      const area = await this.decisions.load(focusArea, log, code);
      mustTakeCommitments(area, code, `/focusAreas/${index}`);
    }
  }

  private async citesJointDocument({ log, command, said }: Asked<CommitmentCommand>): Promise<boolean> {
    if (command.type !== 'AgreeCommitment') return false;
    for (const { document } of said.sources ?? []) {
      const source = await this.decisions.load(sourceDocument, log, document);
      if (source.registered && isJoint(source.standing)) return true;
    }
    return false;
  }
}

function referencesOf({ log, command }: Asked<CommitmentCommand>): Reference[] {
  if (command.type !== 'ProposeCommitment') return [];
  const { focusAreas, round, undertakings } = command.data;
  return [
    ...focusAreas.map((id, index) => ({ log, kind: 'focus-area', id, field: `/focusAreas/${index}` })),
    ...(round === undefined ? [] : [{ log, kind: 'round', id: round, field: '/round' }]),
    ...undertakings.flatMap(({ lead, supporting = [] }, index) => [
      ...(lead ? [{ ...organisation, id: lead, field: `/undertakings/${index}/lead` }] : []),
      ...supporting.map((id, each) => ({
        ...organisation,
        id,
        field: `/undertakings/${index}/supporting/${each}`,
      })),
    ]),
  ];
}

const organisation = { log: REGISTRY, kind: 'organisation' };
