/** Steps that come again and again, or at a distance: their number says which time, or how many days. */
const numbered = [
  'overdue',
  'week',
  'month',
  'review',
  'silent',
  'confirm-text',
  'answer-extension',
  'attest',
  'escalation',
  'round',
] as const;

/** What a step of the reminder policy stands for. */
export type StepMeaning =
  | { readonly is: 'before' | (typeof numbered)[number]; readonly number: number }
  | { readonly is: 'day-after' }
  | { readonly is: 'unknown' };

/** Reads the name of a step, `T-7` or `week-3`. */
export function meaningOf(step: string): StepMeaning {
  if (step === 'overdue') return { is: 'day-after' };
  const [, name, digits] = /^(T|[a-z]+(?:-[a-z]+)*)-(\d+)$/.exec(step) ?? [];
  const is = name === 'T' ? 'before' : numbered.find((each) => each === name);
  return is ? { is, number: Number(digits) } : { is: 'unknown' };
}

/** Series that go on until someone answers. */
const endless: readonly StepMeaning['is'][] = [
  'month',
  'review',
  'silent',
  'confirm-text',
  'answer-extension',
  'attest',
];

/** True of a step of a series that goes on until someone answers: only so much of it is planned at a time. */
export function isOfEndlessSeries(step: string): boolean {
  return endless.includes(meaningOf(step).is);
}
