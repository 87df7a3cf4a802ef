/** Series that go on until someone answers: only so much of them is planned at a time. */
const endless = ['month', 'review', 'silent', 'confirm-text', 'answer-extension', 'attest'] as const;

/** Steps that come again and again, or at a distance: their number says which time, or how many days. */
const numbered = ['overdue', 'week', 'escalation', 'round', ...endless] as const;

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

/** True of a step of a series that goes on until someone answers. */
export function isOfEndlessSeries(step: string): boolean {
  const { is } = meaningOf(step);
  return endless.some((each) => each === is);
}
