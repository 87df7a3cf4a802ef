import type { RegisteredSource } from '../read-models/documents/source-document.js';
import { Text } from './language.js';

/** A source by its title, with its address where it has one. */
export function SourceTitle({
  source: { titles, address },
}: {
  source: Pick<RegisteredSource, 'titles' | 'address'>;
}) {
  if (!address) return <Text of={titles} />;
  return (
    <a href={address} rel="external noreferrer">
      <Text of={titles} />
    </a>
  );
}
