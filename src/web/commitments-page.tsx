import { listAddress } from './addresses.js';
import { CommitmentsTable } from './commitments-table.js';
import { countWords } from './count-words.js';
import { chosen, Text } from './language.js';
import { InventedNotice, pageOf, withinDialogue } from './layout.js';
import type { ListShown } from './page-contents.js';

/** The list of commitments behind a number. */
export function commitmentsPage(shown: ListShown): string {
  const { announcement, filter, commitments, next } = shown;
  const { slug } = announcement;
  const heading = filter.counted ? countWords[filter.counted].heading : 'Commitments';
  return pageOf({
    title: `${heading}, ${chosen(announcement.titles).words}`,
    within: withinDialogue(announcement),
    children: (
      <>
        <InventedNotice of={announcement} />
        <div class="opening">
          <h1>{heading}</h1>
          {filter.counted && <p class="lead">{countWords[filter.counted].meaning}</p>}
        </div>
        <FilterShown {...shown} />
        {commitments.length > 0 ? (
          <CommitmentsTable commitments={commitments} announcement={announcement} />
        ) : (
          <p>No commitment is among these today.</p>
        )}
        {next && (
          <p class="all">
            <a href={listAddress(slug, { ...filter, after: next })} rel="next">
              Commitments after {next}
            </a>
          </p>
        )}
      </>
    ),
  });
}

function FilterShown({ announcement: { slug }, status, filter }: ListShown) {
  const { focusArea, counted } = filter;
  const area = status.focusAreas.find(({ code }) => code === focusArea);
  if (!area && !counted) return null;
  return (
    <div class="filter" role="group" aria-label="Filter">
      <ul>
        {area && (
          <li>
            <span class="quiet">Focus area</span> <Text of={area.names} />
            <Without address={listAddress(slug, { counted })} what="focus area" />
          </li>
        )}
        {counted && (
          <li>
            <span class="quiet">Counted as</span> {countWords[counted].label.toLowerCase()}
            <Without address={listAddress(slug, { focusArea })} what="count" />
          </li>
        )}
      </ul>
      <a href={listAddress(slug)}>Show all commitments of the dialogue</a>
    </div>
  );
}

function Without({ address, what }: { address: string; what: string }) {
  return (
    <a class="without" href={address} aria-label={`Show every ${what}`} title={`Show every ${what}`}>
      ×
    </a>
  );
}
