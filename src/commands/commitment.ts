import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OtherCommitment } from '../domain/commitment/circumstances.js';
import type { CommitmentCommand } from '../domain/commitment/commands.js';
import { commitment } from '../domain/commitment/commitment.js';
import { isJoint, sourceDocument } from '../domain/source-document.js';
import { digestOf } from '../event-store/entry.js';
import type { Decided } from '../event-store/run-decider.js';
import { otherCommitmentsNamed, referencesOf } from './commitment-references.js';
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
    const { parties } = await this.decisions.dialogue(asked.log);
    await this.decisions.mustExist(referencesOf(asked));
    return this.decisions.decide(commitment, asked, parties, {
      parties,
      sources: asked.said.sources,
      reason: asked.said.reason,
      jointSource: await this.citesJointDocument(asked),
      digestOf,
      others: await this.others(asked),
    });
  }

  private async citesJointDocument({ log, said }: Asked<CommitmentCommand>): Promise<boolean> {
    for (const { document } of said.sources ?? []) {
      const source = await this.decisions.load(sourceDocument, log, document);
      if (source.registered && isJoint(source.standing)) return true;
    }
    return false;
  }

  /** The commitments that are to succeed this one, each with all that it leads to. */
  private async others({ log, command }: Asked<CommitmentCommand>): Promise<Map<string, OtherCommitment>> {
    const others = new Map<string, OtherCommitment>();
    for (const id of otherCommitmentsNamed(command)) {
      const state = await this.decisions.load(commitment, log, id);
      if (state) others.set(id, { status: state.status, successors: await this.successors(log, id) });
    }
    return others;
  }

  private async successors(log: string, id: string, seen = new Set<string>()): Promise<string[]> {
    const state = await this.decisions.load(commitment, log, id);
    for (const next of state?.successors ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      await this.successors(log, next, seen);
    }
    return [...seen];
  }
}
