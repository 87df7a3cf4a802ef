import type { CommitmentAnswer } from '../read-models/commitment-answer.js';
import { CriteriaShown } from './criteria-shown.js';
import { readersInWords } from './confidentiality-mark.js';
import { DateShown } from './date-words.js';
import { Text } from './language.js';
import { NameOf } from './names.js';
import type { CommitmentShown } from './page-contents.js';

/** What shows that it is delivered, who says so, and whose confirmation is needed. */
export function DeliverySection(shown: CommitmentShown) {
  const { status, reached, delivery } = shown.commitment;
  const partly = delivery.partly && status !== 'verified';
  const claimed = reached['delivery-claimed'];
  return (
    <section aria-labelledby="delivery">
      <h2 id="delivery">Delivery</h2>
      {status === 'proposed' ? (
        <p class="quiet">Nothing can be claimed as delivered before the text is agreed.</p>
      ) : (
        <>
          <CriteriaShown {...shown} />
          {shown.commitment.criteria && <h3>Claims and keys</h3>}
          <Keys {...shown} />
          {partly && <p class="note">Delivered in part: what is done is not rounded up.</p>}
          {claimed && (
            <p class="note">
              Every share claimed: <DateShown on={claimed} />.
            </p>
          )}
          <EvidenceList {...shown} />
        </>
      )}
    </section>
  );
}

/** A row for each party that delivers or holds a key; often the same ones do both. */
function Keys({ announcement: { parties }, commitment }: CommitmentShown) {
  const { keysNeeded } = commitment.delivery;
  const concerned = new Set([...commitment.undertakings.map(({ party }) => party), ...keysNeeded]);
  return (
    <table class="parts keys">
      <caption class="unseen">Claims and keys of each party</caption>
      <thead>
        <tr>
          <th scope="col">Party</th>
          <th scope="col">Its share</th>
          <th scope="col">Its key</th>
        </tr>
      </thead>
      <tbody>
        {[...concerned].map((party) => (
          <tr>
            <th scope="row">
              <NameOf code={party} among={parties} />
            </th>
            <td data-label="Its share">{share(party, commitment)}</td>
            <td data-label="Its key">{key(party, commitment)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function share(party: string, { undertakings, delivery }: CommitmentAnswer) {
  if (delivery.claims.some((claim) => claim.party === party)) {
    return <span class="done">claimed as delivered</span>;
  }
  const has = undertakings.some((undertaking) => undertaking.party === party);
  return <span class="quiet">{has ? 'not claimed' : 'has none'}</span>;
}

function key(party: string, { delivery: { keysNeeded, keysTurned, keysStale } }: CommitmentAnswer) {
  if (keysTurned.includes(party)) return <span class="done">turned: it confirms delivery</span>;
  if (keysStale.includes(party)) {
    return <span class="stale">stale: turned before the claims or the evidence changed</span>;
  }
  return <span class="quiet">{keysNeeded.includes(party) ? 'not turned' : 'holds none'}</span>;
}

function EvidenceList({ announcement: { parties }, commitment }: CommitmentShown) {
  const { evidence } = commitment.delivery;
  return (
    <>
      <h3>Evidence</h3>
      {evidence.length === 0 && <p class="quiet">None submitted.</p>}
      <ul class="evidence">
        {evidence.map(({ party, titles, address, digest, confidentiality }) => (
          <li>
            {address ? (
              <a href={address} rel="external noreferrer">
                <Text of={titles} />
              </a>
            ) : (
              <Text of={titles} />
            )}{' '}
            <span class="quiet">
              from <NameOf code={party} among={parties} />
              {confidentiality && `. ${readersInWords(confidentiality, parties)}`}
            </span>
            <span class="digest">SHA-256 {digest}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
