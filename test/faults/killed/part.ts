import { defaultPolicy, type DeliveryPolicy } from '../../../src/reminders/delivery-policy.js';
import type { Leases } from '../../../src/reminders/postgres-ledger.js';
import type { Patience } from '../../../src/mail/smtp-mailer.js';

/** What one worker of the proof has to do. */
export interface Part {
  /** The slot that it fills; its successor after a kill fills it too. */
  readonly slot: string;
  readonly serviceUrl: string;
  /** Where its mail server listens. */
  readonly port: number;
  /** Whether BullMQ hands it mails; without it the sweeper sends everything. */
  readonly byQueue: boolean;
}

/** The log of the proof. */
export const LOG = 'talks';

/** What the record is armed for. */
export const ENVIRONMENT = 'the proof';

/** What takes minutes otherwise takes seconds here; all in milliseconds. */
export const SWEEP_EVERY = 400;
export const LEASES: Leases = { claim: 6000, message: 6000 };
export const PATIENCE: Patience = { connect: 3000, envelope: 5000, message: 5000 };
export const POLICY: DeliveryPolicy = {
  ...defaultPolicy,
  resendAfter: 500,
  firstPause: 200,
  longestPause: 2000,
};
