import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommitmentCircumstances } from '../domain/commitment/circumstances.js';
import type { CommitmentCommand } from '../domain/commitment/commands.js';
import { commitment } from '../domain/commitment/commitment.js';
import { readerIn } from '../domain/confidentiality.js';
import { mustBeOngoing } from '../domain/dialogue.js';
import { focusArea, mustTakeCommitments } from '../domain/focus-area.js';
import { digestOf } from '../event-store/entry.js';
import type { Decided } from '../event-store/run-decider.js';
import { lookUp } from './commitment-circumstances.js';
import { referencesOf } from './commitment-references.js';
import { type Asked, Decisions } from './decisions.js';

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
    const asOf = await this.decisions.head(asked.log);
    const dialogue = await this.decisions.dialogue(asked.log);
    const isNew = asked.command.type === 'ProposeCommitment';
    if (isNew) mustBeOngoing(dialogue);
    // A party that left undertakes nothing new; what it undertook before stays its own.
    const parties = isNew ? dialogue.parties : dialogue.everyParty;
    await this.decisions.mustExist(referencesOf(asked), readerIn(dialogue.everyParty, asked.actor));
    await this.mustBeGrouped(asked);
    const found = await lookUp(this.decisions, asked);
    const around = {
      parties,
      sources: asked.said.sources,
      reason: asked.said.reason,
      digestOf,
      ...found,
    };
    const restsOn = { streams: restingOn(asked.command, found.others), asOf };
    return this.decisions.decide(commitment, asked, parties, around, restsOn);
  }

  /**
   * Refuses to group anything anew under a focus area that has ended. What follows from a merger follows also where the
   * area that it led to has ended since: the next merger takes it on from there.
   */
  private async mustBeGrouped({ log, id, command, actor }: Asked<CommitmentCommand>): Promise<void> {
    if (command.type !== 'ProposeCommitment' && command.type !== 'MoveCommitmentToFocusArea') return;
    if (actor.role === 'system') return;
    const before = (await this.decisions.load(commitment, log, id))?.statement.focusAreas ?? [];
    for (const [index, code] of command.data.focusAreas.entries()) {
      if (before.includes(code)) continue;
      const area = await this.decisions.load(focusArea, log, code);
      mustTakeCommitments(area, code, `/focusAreas/${index}`);
    }
  }
}

/** Streams that what follows must not be overtaken by: successors and what they lead to, areas that take it up. */
function restingOn(command: CommitmentCommand, others: CommitmentCircumstances['others']): string[] {
  const commitments = [...(others ?? [])].flatMap(([id, { successors }]) => [id, ...successors]);
  const areas = 'focusAreas' in command.data ? command.data.focusAreas : [];
  return [
    ...commitments.map((id) => `${commitment.kind}-${id}`),
    ...areas.map((code) => `${focusArea.kind}-${code}`),
  ];
}
