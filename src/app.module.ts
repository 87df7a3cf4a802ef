import { type DynamicModule, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { Clock } from './commands/clock.js';
import { ChangeAccessHandler } from './commands/access.js';
import { ChangeCommitmentHandler } from './commands/commitment.js';
import { Decisions } from './commands/decisions.js';
import { ChangeDialogueHandler } from './commands/dialogue.js';
import { ChangeFocusAreaHandler } from './commands/focus-area.js';
import { ChangeFollowUpHandler } from './commands/follow-up.js';
import { ChangeOfficeHandler } from './commands/office.js';
import { ChangeOrganisationHandler } from './commands/organisation.js';
import { ChangeReminderHandler } from './commands/reminder.js';
import { ChangeRoundHandler } from './commands/round.js';
import { ChangeSourceDocumentHandler } from './commands/source-document.js';
import { ChangeSubscriptionHandler } from './commands/subscription.js';
import type { Role } from './config.js';
import type { Store } from './event-store/database.js';
import { AccessGuard } from './http/access.guard.js';
import { Changes } from './http/changes.js';
import { CommitmentChangesController } from './http/commitment-changes.js';
import { CommitmentsController } from './http/commitments.controller.js';
import { ContactsController } from './http/contacts.controller.js';
import { DialoguesController } from './http/dialogues.controller.js';
import { HealthController } from './http/health.controller.js';
import { DATABASE } from './http/known-dialogue.js';
import { type AppendsWaiting, Metrics } from './http/metrics.js';
import { MetricsController } from './http/metrics.controller.js';
import { invalid } from './http/problem.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RecordChangesController } from './http/record-changes.js';
import { RecordController } from './http/record.controller.js';
import { RegisterController } from './http/register.controller.js';
import { RemindersController } from './http/reminders.controller.js';
import { RepeatableChanges } from './http/repeatable-changes.js';
import { StatusController } from './http/status.controller.js';
import { StockTakeController } from './http/stock-take.controller.js';
import { ApiKeys } from './identity/api-keys.js';
import { Bearers } from './identity/bearers.js';
import { Grants } from './identity/grants.js';
import { type OidcSettings, OidcTokens } from './identity/oidc-tokens.js';
import { Directory } from './reminders/directory.js';
import { Views } from './read-models/views.js';
import { ReminderLinks } from './reminders/links.js';
import { RecordSigningKey } from './reminders/signing-key.js';
import { PagesController } from './web/pages.controller.js';
import { PersonPages } from './web/person-pages.js';
import { ReminderPages } from './web/reminder-pages.js';
import { ReminderPagesController } from './web/reminder-pages.controller.js';

/** What is made outside of Nest, because it must end in a certain order. */
export interface Parts extends Store {
  readonly decisions: Decisions;
  readonly views: Views;
  readonly clock: Clock;
  /** The issuer whose tokens are taken beside keys, if any. */
  readonly oidc?: OidcSettings | undefined;
  /** How many appends wait to be written. */
  readonly appendsWaiting?: AppendsWaiting | undefined;
}

export const commandHandlers = [
  ChangeDialogueHandler,
  ChangeRoundHandler,
  ChangeFocusAreaHandler,
  ChangeSourceDocumentHandler,
  ChangeOrganisationHandler,
  ChangeOfficeHandler,
  ChangeCommitmentHandler,
  ChangeFollowUpHandler,
  ChangeReminderHandler,
  ChangeAccessHandler,
  ChangeSubscriptionHandler,
];

const watched = [HealthController, MetricsController];

const api = [
  StatusController,
  DialoguesController,
  RecordController,
  RegisterController,
  RecordChangesController,
  StockTakeController,
  CommitmentsController,
  CommitmentChangesController,
  ContactsController,
  RemindersController,
  PagesController,
  ReminderPagesController,
];

const rules = [
  { provide: APP_FILTER, useClass: ProblemFilter },
  { provide: APP_GUARD, useClass: AccessGuard },
  { provide: APP_PIPE, useValue: new StandardSchemaValidationPipe({ exceptionFactory: invalid }) },
];

/** What each role is made of. A worker, too, answers for its health and can be watched. */
@Module({})
export class AppModule {
  static for(role: Role, { db, pool, decisions, views, clock, oidc, appendsWaiting }: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: role === 'worker' ? watched : [...watched, ...api],
      providers: [
        { provide: DATABASE, useValue: db },
        { provide: Decisions, useValue: decisions },
        { provide: Views, useValue: views },
        { provide: Clock, useValue: clock },
        Grants,
        { provide: ApiKeys, inject: [Grants], useFactory: (grants: Grants) => new ApiKeys(db, grants) },
        {
          provide: Bearers,
          inject: [ApiKeys],
          useFactory: (keys: ApiKeys) => new Bearers({ db, pool }, keys, oidc && new OidcTokens(oidc)),
        },
        { provide: Metrics, useFactory: () => new Metrics(db, appendsWaiting) },
        { provide: Directory, useValue: new Directory(db) },
        { provide: ReminderLinks, useValue: new ReminderLinks(new RecordSigningKey(db)) },
        ReminderPages,
        PersonPages,
        Changes,
        RepeatableChanges,
        ...commandHandlers,
        ...rules,
      ],
    };
  }
}
