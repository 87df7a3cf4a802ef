import type { ComponentChildren } from 'preact';

/** A term with what is on record for it; stands in a description list. */
export function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
