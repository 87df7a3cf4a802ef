import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommitmentCommand } from '../domain/commitment/commands.js';
import { commitment } from '../domain/commitment/commitment.js';
import { readerIn } from '../domain/confidentiality.js';
import { mustBeOngoing } from '../domain/dialogue.js';
import { focusArea, mustTakeCommitments } from '../domain/focus-area.js';
import { digestOf } from '../event-store/entry.js';
import type { Decided } from '../event-store/run-decider.js';
import { lookUp } from './commitment-circumstances.js';
import { referencesOf } from './commitment-references.js';
import type { Asked } from './asked.js';
import type { Decision } from './decision.js';
import { Decisions } from './decisions.js';

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
    return this.decisions.make(async (decision) => {
      const dialogue = await decision.dialogue(asked.log);
      const isNew = asked.command.type === 'ProposeCommitment';
      if (isNew) mustBeOngoing(dialogue);
      // A party that left undertakes nothing new; what it undertook before stays its own.
      const parties = isNew ? dialogue.parties : dialogue.everyParty;
      await decision.mustExist(referencesOf(asked), readerIn(dialogue.everyParty, asked.actor));
      await mustBeGrouped(decision, asked);
      return decision.decide(commitment, asked, parties, {
        parties,
        sources: asked.said.sources,
        reason: asked.said.reason,
        digestOf,
        ...(await lookUp(decision, asked)),
      });
    });
  }
}

/**
 * Refuses to group anything anew under a focus area that has ended. What follows from a merger follows also where the
 * area that it led to has ended since: the next merger takes it on from there.
 */
async function mustBeGrouped(
  decision: Decision,
  { log, id, command, actor }: Asked<CommitmentCommand>,
): Promise<void> {
  if (command.type !== 'ProposeCommitment' && command.type !== 'MoveCommitmentToFocusArea') return;
  const isNew = command.type === 'ProposeCommitment';
  const before = isNew ? undefined : (await decision.load(commitment, log, id))?.statement.focusAreas;
  for (const [index, code] of command.data.focusAreas.entries()) {
    const area = await decision.load(focusArea, log, code);
    if (actor.role === 'system' || before?.includes(code)) continue;
    mustTakeCommitments(area, code, `/focusAreas/${index}`);
  }
}
