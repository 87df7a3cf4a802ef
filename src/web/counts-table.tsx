import type { DialogueStatus } from '../read-models/status-answers.js';
import type { CountName, Counts } from '../read-models/standing-today.js';
import { type ListFilter, listAddress } from './addresses.js';
import { countGroups, countWords } from './count-words.js';
import { chosen, Text } from './language.js';
import { EndedShown, NameOf } from './names.js';

type Standing = Pick<DialogueStatus, 'dialogue' | 'focusAreas' | 'totals'>;

/** How each focus area stands, a number per count; on a narrow screen each area becomes a card of its own. */
export function CountsTable({ dialogue, focusAreas, totals }: Standing) {
  return (
    <table class="counts">
      <caption>Commitments per focus area</caption>
      <colgroup />
      {countGroups.map(({ counts }) => (
        <colgroup span={counts.length} />
      ))}
      <CountHeadings />
      <tbody>
        {focusAreas.map(({ code, names, scope, parent, ended, counts }) => (
          <tr>
            <th scope="row">
              <Text of={names} />
              {scope && (
                <span class="scope">
                  <Text of={scope} />
                </span>
              )}
              {parent && (
                <span class="scope">
                  Part of <NameOf code={parent} among={focusAreas} />
                </span>
              )}
              {ended && (
                <span class="scope">
                  <EndedShown ended={ended} among={focusAreas} />. It takes no new commitments.
                </span>
              )}
              {isEmpty(counts) && <span class="scope only-cards">Nothing on record yet.</span>}
            </th>
            <CountCells
              counts={counts}
              dialogue={dialogue}
              filter={{ focusArea: code }}
              of={chosen(names).words}
            />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            Whole dialogue
            <span class="scope">Each commitment once, however many areas it is grouped under.</span>
          </th>
          <CountCells counts={totals} dialogue={dialogue} filter={{}} />
        </tr>
      </tfoot>
    </table>
  );
}

function CountHeadings() {
  return (
    <thead>
      <tr>
        <td />
        {countGroups.map(({ heading, counts }) => (
          <th scope="colgroup" colSpan={counts.length}>
            {heading}
          </th>
        ))}
      </tr>
      <tr>
        <th scope="col">Focus area</th>
        {countGroups.flatMap(({ counts }) =>
          counts.map((count, index) => (
            <th scope="col" class={index === 0 ? 'first' : undefined}>
              {countWords[count].label}
            </th>
          )),
        )}
      </tr>
    </thead>
  );
}

function CountCells(props: { counts: Counts; dialogue: string; filter: ListFilter; of?: string }) {
  const { counts: numbers, ...list } = props;
  return (
    <>
      {countGroups.flatMap(({ counts }) =>
        counts.map((count, index) => (
          <td
            class={
              [index === 0 && 'first', numbers[count] === 0 && 'zero'].filter(Boolean).join(' ') || undefined
            }
            data-label={countWords[count].label}
          >
            <CountShown count={count} number={numbers[count]} {...list} />
          </td>
        )),
      )}
    </>
  );
}

interface CountProps {
  readonly count: CountName;
  readonly number: number;
  readonly dialogue: string;
  readonly filter: ListFilter;
  /** Name of the focus area, where it is the number of one. */
  readonly of?: string;
}

/** A number that leads to the commitments behind it; 0 leads nowhere and stays quiet. */
export function CountShown({ count, number, dialogue, filter, of }: CountProps) {
  if (number === 0) return <span class="quiet">0</span>;
  const { heading, pressing } = countWords[count];
  return (
    <a
      class={pressing ? 'number pressing' : 'number'}
      href={listAddress(dialogue, { ...filter, counted: count })}
      aria-label={`${number}: ${heading}${of ? `, ${of}` : ''}`}
    >
      {number}
    </a>
  );
}

function isEmpty(counts: Counts): boolean {
  return Object.values(counts).every((number) => number === 0);
}
