import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { partyOf } from '../domain/dialogue.js';
import {
  sourceDocument,
  type SourceDocumentCommand,
  type SourceRegistration,
  standings,
} from '../domain/source-document.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, Decisions } from './decisions.js';
import {
  address,
  change,
  digest,
  id,
  ids,
  languageTag,
  line,
  partialDate,
  partyCode,
  title,
} from './fields.js';

export const registerSourceDocument = change({
  id: id.meta({ description: 'Reference within the dialogue, for example mea-2024-11-27.' }),
  titles: title,
  standing: z.enum(standings).meta({ description: 'How much the document can carry (strongest first).' }),
  issuer: partyCode.optional().meta({ description: 'Party that issued it; absent for a joint document.' }),
  publisher: line(300).optional(),
  date: partialDate,
  languages: z.array(languageTag).min(1).max(20),
  address: address.optional(),
  digest: digest.optional(),
  reports: ids(20)
    .optional()
    .meta({ description: 'Ids of documents whose contents it reports at second hand.' }),
}) satisfies z.ZodType<SourceRegistration>;

/** Something asked of a source document. */
export class ChangeSourceDocument extends Command<Decided> {
  constructor(readonly asked: Asked<SourceDocumentCommand>) {
    super();
  }
}

@CommandHandler(ChangeSourceDocument)
export class ChangeSourceDocumentHandler implements ICommandHandler<ChangeSourceDocument> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ asked }: ChangeSourceDocument): Promise<Decided> {
    const { log, command } = asked;
    const { parties } = await this.decisions.dialogue(log);
    if (command.data.issuer) partyOf(parties, command.data.issuer, '/issuer');
    await this.decisions.mustExist(
      (command.data.reports ?? []).map((each, index) => ({
        log,
        kind: sourceDocument.kind,
        id: each,
        field: `/reports/${index}`,
      })),
    );
    return this.decisions.decide(sourceDocument, asked, parties, {});
  }
}
