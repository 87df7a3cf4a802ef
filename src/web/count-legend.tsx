import { countGroups, countWords } from './count-words.js';

/** What each count means, in a phrase. */
export function CountLegend() {
  return (
    <section class="legend" aria-labelledby="counted">
      <h2 id="counted">What is counted</h2>
      <div class="groups">
        {countGroups.map(({ heading, counts }) => (
          <div>
            <h3>{heading}</h3>
            <dl>
              {counts.map((count) => (
                <div>
                  <dt>{countWords[count].label}</dt>
                  <dd>{countWords[count].meaning}</dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}
