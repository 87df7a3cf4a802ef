/** Why a date moves or work rests (domain.md 6.5). A code is for counting; the words stand in the event's reason. */
export const reasonCodes = [
  'scope-changed',
  'resources-short',
  'dependency-late',
  'consultation-longer',
  'counterpart-not-ready',
  'legal-or-treaty-step',
  'security-review',
  'change-of-government',
  'force-majeure',
  'other',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];
