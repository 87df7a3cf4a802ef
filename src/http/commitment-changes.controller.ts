import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ChangeCommitment } from '../commands/commitment.js';
import {
  agreeCommitment,
  attestDelivery,
  claimDelivery,
  confirmCommitmentText,
  proposeCommitment,
  reportProgress,
  submitEvidence,
  withdrawCommitment,
} from '../commands/commitment-bodies.js';
import { type Said, takeApart } from '../commands/fields.js';
import { newId } from '../commands/new-id.js';
import type { CommitmentCommand } from '../domain/commitment/events.js';
import { Caller, type Changed, Changes } from './changes.js';
import { Change } from './documented.js';
import { Needs } from './key.guard.js';

@ApiTags('Commitments')
@Controller('v1/dialogues/:dialogue/commitments')
export class CommitmentChangesController {
  constructor(private readonly changes: Changes) {}

  @Post()
  @Needs('ProposeCommitment')
  @Change('Propose a commitment, with its source and a due window of any precision', 'creates')
  propose(
    @Param('dialogue') log: string,
    @Body({ schema: proposeCommitment }) body: z.infer<typeof proposeCommitment>,
    @Caller() caller: Caller,
  ) {
    const { data, said } = takeApart(body);
    const id = data.id ?? newId();
    return this.changes.make(
      caller,
      new ChangeCommitment({
        ...caller.asks,
        log,
        id,
        command: { type: 'ProposeCommitment', data: { ...data, id } },
        said,
      }),
      `/v1/dialogues/${log}/commitments/${id}`,
    );
  }

  @Post(':id/text-confirmations')
  @Needs('ConfirmCommitmentText')
  @Change('Confirm the text: these are the words we agreed to')
  confirmText(
    @Param('dialogue') log: string,
    @Param('id') id: string,
    @Body({ schema: confirmCommitmentText }) body: z.infer<typeof confirmCommitmentText>,
    @Caller() caller: Caller,
  ) {
    return this.change('ConfirmCommitmentText', log, id, body, caller);
  }

  @Put(':id/agreement')
  @Needs('AgreeCommitment')
  @Change('Record the text as agreed: by a joint document, or after every party confirmed it')
  agree(
    @Param('dialogue') log: string,
    @Param('id') id: string,
    @Body({ schema: agreeCommitment }) body: z.infer<typeof agreeCommitment>,
    @Caller() caller: Caller,
  ) {
    return this.change('AgreeCommitment', log, id, body, caller);
  }

  @Post(':id/progress-reports')
  @Needs('ReportProgress')
  @Change('Report progress on your own side’s share')
  report(
    @Param('dialogue') log: string,
    @Param('id') id: string,
    @Body({ schema: reportProgress }) body: z.infer<typeof reportProgress>,
    @Caller() caller: Caller,
  ) {
    return this.change('ReportProgress', log, id, body, caller);
  }

  @Post(':id/evidence')
  @Needs('SubmitEvidence')
  @Change('Submit evidence, named by the digest of its bytes')
  submitEvidence(
    @Param('dialogue') log: string,
    @Param('id') id: string,
    @Body({ schema: submitEvidence }) body: z.infer<typeof submitEvidence>,
    @Caller() caller: Caller,
  ) {
    return this.change('SubmitEvidence', log, id, body, caller);
  }

  @Post(':id/delivery-claims')
  @Needs('ClaimDelivery')
  @Change('Claim that your side’s share is delivered')
  claim(
    @Param('dialogue') log: string,
    @Param('id') id: string,
    @Body({ schema: claimDelivery }) body: z.infer<typeof claimDelivery>,
    @Caller() caller: Caller,
  ) {
    return this.change('ClaimDelivery', log, id, body, caller);
  }

  @Post(':id/attestations')
  @Needs('AttestDelivery')
  @Change('Turn your party’s key: confirm delivery as it was shown to you')
  attest(
    @Param('dialogue') log: string,
    @Param('id') id: string,
    @Body({ schema: attestDelivery }) body: z.infer<typeof attestDelivery>,
    @Caller() caller: Caller,
  ) {
    return this.change('AttestDelivery', log, id, body, caller);
  }

  @Put(':id/withdrawal')
  @Needs('WithdrawCommitment')
  @Change('Withdraw; a joint commitment ends when every responsible party has asked for it')
  withdraw(
    @Param('dialogue') log: string,
    @Param('id') id: string,
    @Body({ schema: withdrawCommitment }) body: z.infer<typeof withdrawCommitment>,
    @Caller() caller: Caller,
  ) {
    return this.change('WithdrawCommitment', log, id, body, caller);
  }

  private change(
    type: CommitmentCommand['type'],
    log: string,
    id: string,
    body: Said,
    caller: Caller,
  ): Promise<Changed> {
    const { data, said } = takeApart(body);
    const command = { type, data } as CommitmentCommand;
    return this.changes.make(caller, new ChangeCommitment({ ...caller.asks, log, id, command, said }));
  }
}
