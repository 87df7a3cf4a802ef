import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { REGISTRY } from '../commands/decisions.js';
import { takeApart } from '../commands/fields.js';
import { ChangeFollowUp, holdFollowUp, scheduleFollowUp } from '../commands/follow-up.js';
import { newId } from '../commands/new-id.js';
import { ChangeOrganisation, registerOrganisation } from '../commands/organisation.js';
import { ChangeRound, holdRound, nameCoChair, scheduleRound } from '../commands/round.js';
import { ChangeSourceDocument, registerSourceDocument } from '../commands/source-document.js';
import { Caller, Changes } from './changes.js';
import { Change } from './documented.js';
import { Needs } from './key.guard.js';

@ApiTags('Record')
@Controller('v1')
export class RecordChangesController {
  constructor(private readonly changes: Changes) {}

  @Post('organisations')
  @Needs('RegisterOrganisation')
  @Change('Register an organisation', 'creates')
  registerOrganisation(
    @Body({ schema: registerOrganisation }) body: z.infer<typeof registerOrganisation>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    const command = { type: 'RegisterOrganisation', data } as const;
    return this.changes.make(
      caller,
      new ChangeOrganisation({ ...caller.asks, log: REGISTRY, id: data.code, command, said }),
      '/v1/organisations',
    );
  }

  @Post('dialogues/:dialogue/sources')
  @Needs('RegisterSourceDocument')
  @Change('Register a source document', 'creates')
  registerSource(
    @Param('dialogue') log: string,
    @Body({ schema: registerSourceDocument }) body: z.infer<typeof registerSourceDocument>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    const command = { type: 'RegisterSourceDocument', data } as const;
    return this.changes.make(
      caller,
      new ChangeSourceDocument({ ...caller.asks, log, id: data.id, command, said }),
      `/v1/dialogues/${log}/sources`,
    );
  }

  @Post('dialogues/:dialogue/rounds')
  @Needs('ScheduleRound')
  @Change('Schedule a round', 'creates')
  scheduleRound(
    @Param('dialogue') log: string,
    @Body({ schema: scheduleRound }) body: z.infer<typeof scheduleRound>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    const command = { type: 'ScheduleRound', data } as const;
    return this.changes.make(
      caller,
      new ChangeRound({ ...caller.asks, log, id: String(data.number), command, said }),
      `/v1/dialogues/${log}/rounds`,
    );
  }

  @Put('dialogues/:dialogue/rounds/:number/holding')
  @Needs('HoldRound')
  @Change('Record that a round was held')
  holdRound(
    @Param('dialogue') log: string,
    @Param('number') id: string,
    @Body({ schema: holdRound }) body: z.infer<typeof holdRound>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    const command = { type: 'HoldRound', data } as const;
    return this.changes.make(caller, new ChangeRound({ ...caller.asks, log, id, command, said }));
  }

  @Post('dialogues/:dialogue/rounds/:number/co-chairs')
  @Needs('NameCoChair')
  @Change('Name a co-chair of a round', 'creates')
  nameCoChair(
    @Param('dialogue') log: string,
    @Param('number') id: string,
    @Body({ schema: nameCoChair }) body: z.infer<typeof nameCoChair>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    const command = { type: 'NameCoChair', data } as const;
    return this.changes.make(
      caller,
      new ChangeRound({ ...caller.asks, log, id, command, said }),
      `/v1/dialogues/${log}/rounds`,
    );
  }

  @Post('dialogues/:dialogue/follow-ups')
  @Needs('ScheduleFollowUp')
  @Change('Schedule a follow-up', 'creates')
  scheduleFollowUp(
    @Param('dialogue') log: string,
    @Body({ schema: scheduleFollowUp }) body: z.infer<typeof scheduleFollowUp>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    const id = data.id ?? newId();
    const command = { type: 'ScheduleFollowUp', data: { ...data, id } } as const;
    return this.changes.make(
      caller,
      new ChangeFollowUp({ ...caller.asks, log, id, command, said }),
      `/v1/dialogues/${log}/follow-ups`,
    );
  }

  @Put('dialogues/:dialogue/follow-ups/:id/holding')
  @Needs('HoldFollowUp')
  @Change('Record that a follow-up was held')
  holdFollowUp(
    @Param('dialogue') log: string,
    @Param('id') id: string,
    @Body({ schema: holdFollowUp }) body: z.infer<typeof holdFollowUp>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    const command = { type: 'HoldFollowUp', data } as const;
    return this.changes.make(caller, new ChangeFollowUp({ ...caller.asks, log, id, command, said }));
  }
}
