import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { partyOf } from '../domain/dialogue.js';
import { sourceDocument } from '../domain/source-document.js';
import type { SourceDocumentCommand } from '../domain/source-document/events.js';
import type { Decided } from '../event-store/run-decider.js';
import { type Asked, type Reference, REGISTRY } from './asked.js';
import type { Decision } from './decision.js';
import { Decisions } from './decisions.js';

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
    return this.decisions.make(async (decision) => {
      const { parties } = await decision.dialogue(log);
      if (command.type === 'RegisterSourceDocument' && command.data.issuer) {
        partyOf(parties, command.data.issuer, '/issuer');
      }
      await decision.mustExist(referencesOf(asked));
      const laterVersions =
        command.type === 'ReplaceSource' ? await laterThan(decision, log, command.data.by) : [];
      return decision.decide(sourceDocument, asked, parties, { laterVersions });
    });
  }
}

/** The documents that replaced `id` in turn. */
async function laterThan(decision: Decision, log: string, id: string): Promise<readonly string[]> {
  const later: string[] = [];
  for (;;) {
    const last = await decision.load(sourceDocument, log, later.at(-1) ?? id);
    if (!last.registered || !last.replacedBy || later.includes(last.replacedBy)) return later;
    later.push(last.replacedBy);
  }
}

function referencesOf({ log, command }: Asked<SourceDocumentCommand>): Reference[] {
  const document = { log, kind: sourceDocument.kind };
  switch (command.type) {
    case 'RegisterSourceDocument': {
      const { reports = [], meeting } = command.data;
      return [
        ...reports.map((id, index) => ({ ...document, id, field: `/reports/${index}` })),
        ...(!meeting
          ? []
          : 'round' in meeting
            ? [{ log, kind: 'round', id: meeting.round, field: '/meeting/round' }]
            : [{ log, kind: 'follow-up', id: meeting.followUp, field: '/meeting/followUp' }]),
      ];
    }
    case 'ReplaceSource':
      return [{ ...document, id: command.data.by, field: '/by' }];
    case 'AddTranslation': {
      const { translator } = command.data;
      if (!translator || !('organisation' in translator)) return [];
      const { organisation: id } = translator;
      return [{ log: REGISTRY, kind: 'organisation', id, field: '/translator/organisation' }];
    }
    default:
      return [];
  }
}
