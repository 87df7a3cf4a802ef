import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import {
  type CoChair,
  round,
  type RoundCommand,
  type RoundHolding,
  type RoundPlan,
} from '../domain/round.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, Decisions, REGISTRY } from './decisions.js';
import { change, day, id, line, partialDate, partyCode, roundNumber, title, words, zone } from './fields.js';

export const scheduleRound = change({
  number: roundNumber,
  plannedFor: partialDate,
  zone: zone.meta({ description: 'Time zone of the place.' }),
  place: title,
}) satisfies z.ZodType<RoundPlan>;

export const holdRound = change({
  on: day,
  place: title.optional(),
  topics: words.optional(),
}) satisfies z.ZodType<RoundHolding>;

export const nameCoChair = change({
  party: partyCode,
  name: line(200).meta({ description: 'The name as the cited source gives it.' }),
  office: title,
  organisation: id.optional(),
  note: words.optional(),
}) satisfies z.ZodType<CoChair>;

/** Something asked of a round. */
export class ChangeRound extends Command<Decided> {
  constructor(readonly asked: Asked<RoundCommand>) {
    super();
  }
}

@CommandHandler(ChangeRound)
export class ChangeRoundHandler implements ICommandHandler<ChangeRound> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeRound): Promise<Decided> {
    const { parties } = await this.decisions.dialogue(asked.log);
    const { command } = asked;
    if (command.type === 'NameCoChair' && command.data.organisation) {
      const { organisation } = command.data;
      await this.decisions.mustExist([
        { log: REGISTRY, kind: 'organisation', id: organisation, field: '/organisation' },
      ]);
    }
    return this.decisions.decide(round, asked, parties, { parties });
  }
}
