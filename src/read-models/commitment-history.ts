import { effectsOn, idIn, readModel } from './projection.js';

const ofCommitment = effectsOn<object>('commitment_history', (event) => [
  { commitment: idIn('commitment', event), position: event.position },
]);

const ofNamed = effectsOn<object>('commitment_history', (event) => {
  const data = event.data as { commitments?: readonly string[]; commitment?: string };
  return (data.commitments ?? [data.commitment!]).map((commitment) => ({
    commitment,
    position: event.position,
  }));
});

const named = ofNamed(() => ({}));

/** Which events concern a commitment: its own stream, the follow-ups about it, and the reminders of it. */
export const commitmentHistory = readModel(
  'commitment-history',
  {
    ignores: [
      'access',
      'dialogue',
      'round',
      'focus-area',
      'source-document',
      'organisation',
      'office',
      'subscription',
    ],
    alike: { commitment: ofCommitment(() => ({})), 'follow-up': named, reminder: named },
  },
  {},
);
