import { effectsOn, readModel } from './projection.js';

interface GrantRow {
  readonly role: string;
  readonly party: string | undefined;
  readonly dialogue: string | undefined;
  readonly organisation: string | undefined;
  readonly granted_at: string;
  readonly expires_at: string | undefined;
  readonly revoked_at: string | null;
}

const ofGrant = effectsOn<GrantRow>('access_grant', ({ data }) => {
  const { subject, grant } = data as { subject: string; grant: string };
  return [{ subject, id: grant }];
});

/** What was granted to whom, and what of it was revoked. */
export const grants = readModel(
  'grants',
  {
    ignores: [
      'commitment',
      'dialogue',
      'focus-area',
      'follow-up',
      'office',
      'organisation',
      'reminder',
      'round',
      'source-document',
      'subscription',
    ],
  },
  {
    AccessGranted: ofGrant(
      (_row, { data: { role, party, dialogue, organisation, expiresAt }, recordedAt }) => ({
        role,
        party,
        dialogue,
        organisation,
        granted_at: recordedAt,
        expires_at: expiresAt,
        revoked_at: null,
      }),
    ),
    AccessRevoked: ofGrant((row, { recordedAt }) => row && { ...row, revoked_at: recordedAt }),
  },
);
