import {
  claimShown,
  fresh,
  isShown,
  keyHolders,
  makeStale,
  type Model,
  open,
  unclaimed,
  wordsOf,
} from './model.js';
import { type Level, may, type Party, type Person } from './people.js';
import { type Draw, noReason, notAnswering, notSpeaking, partyFor, reasonOf, type Rule } from './rule.js';

/** Told to all who may read the commitment, mostly; a side can tell its own people alone. */
function levelFor(party: Party, draw: Draw): Level {
  return draw.of<Level>(
    ...Array<Level>(8).fill({ level: 'public' }),
    { level: 'parties' },
    { level: 'own-side', party },
  );
}

const markedAs = (level: Level) => (level.level === 'public' ? {} : { confidentiality: level });

/** Whatever was shown to those who hold keys is other now. */
function shownAnew(model: Model): void {
  makeStale(model.deliveryKeys);
}

function digestShown(model: Model, draw: Draw) {
  const now = claimShown(model);
  const isOld = now === undefined || draw.chance(15);
  const old = [...model.shown.claim].find(([shown]) => shown !== now)?.[1] ?? '0'.repeat(64);
  return {
    claimDigest: isOld ? old : (model.shown.claim.get(now) ?? 'look'),
    changed: isOld && ([409, 'claim-changed'] as const),
  };
}

/** The reporter does not close (domain.md 6.6). */
function notHoldingKey(model: Model, who: Person, party: Party) {
  return [
    notSpeaking(who, party),
    model.claims.some(({ by }) => by === who.name) && ([403, 'own-claim'] as const),
    !keyHolders(model).includes(party) && ([403, 'no-key'] as const),
  ];
}

/** Commands about evidence, claims and the keys to delivery. */
export const deliveryRules: Readonly<Record<string, Rule>> = {
  SubmitEvidence: {
    method: 'POST',
    path: 'evidence',
    by: may.report,
    in: open,
    weight: 6,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const level = levelFor(party, draw);
      const id = draw.of('E1', 'E2', 'E3', 'E4', 'E5', 'E6');
      const digest = draw.of('a', 'b').repeat(64);
      return {
        body: { party, evidence: { id, titles: { en: `Report ${id}` }, digest }, ...markedAs(level) },
        refused: [
          ...notAnswering(model, who, party),
          model.evidence.some((each) => each.id === id) && [409, 'evidence-already-submitted'],
        ],
        follows(now) {
          const submitted = { id, party, digest, level };
          now.evidence.push(submitted);
          if (isShown(submitted)) shownAnew(now);
          return [{ type: 'EvidenceSubmitted', level }];
        },
      };
    },
  },
  WithdrawEvidence: {
    method: 'POST',
    path: 'evidence-withdrawals',
    by: may.report,
    in: open,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const own = model.evidence.filter((each) => each.party === party);
      const id = draw.chance(80) && own.length > 0 ? draw.of(...own).id : draw.of('E1', 'E2', 'E9');
      const found = own.find((each) => each.id === id);
      const reason = reasonOf(draw);
      return {
        body: { party, evidence: id, ...reason },
        refused: [
          ...notAnswering(model, who, party),
          noReason(reason),
          !found && [404, 'no-such-evidence'],
          model.claims.some(({ evidence }) => evidence.every((each) => each === id)) && [
            409,
            'claim-rests-on-it',
          ],
        ],
        follows(now) {
          now.evidence = now.evidence.filter((each) => each.id !== id);
          now.claims = now.claims.map((claim) => ({
            ...claim,
            evidence: claim.evidence.filter((each) => each !== id),
          }));
          if (isShown(found!)) shownAnew(now);
          // That it is gone tells that it was there.
          return [{ type: 'EvidenceWithdrawn', level: found!.level }];
        },
      };
    },
  },
  ClaimDelivery: {
    method: 'POST',
    path: 'delivery-claims',
    by: may.report,
    in: unclaimed,
    weight: 10,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const own = model.evidence.filter((each) => each.party === party).map(({ id }) => id);
      const evidence = draw.chance(80) ? own.slice(0, draw.of(1, 2)) : draw.of(['E1'], ['E9'], []);
      const criteria = wordsOf(model).criteria.map(({ id }) => id);
      const named = model.evidence.filter((each) => each.party === party && evidence.includes(each.id));
      return {
        body: { party, evidence },
        refused: [
          ...notAnswering(model, who, party),
          model.claims.some((claim) => claim.party === party) && [409, 'delivery-already-claimed'],
          model.judged.some(
            (each) => each.party === party && each.is === 'not-met' && criteria.includes(each.criterion),
          ) && [409, 'criterion-not-met'],
          evidence.length === 0 && [400, 'evidence-missing'],
          named.length < evidence.length && [404, 'no-such-evidence'],
          named.some((each) => !isShown(each)) && [409, 'evidence-kept-to-one-side'],
        ],
        follows(now) {
          now.claims.push({ party, by: who.name, evidence });
          shownAnew(now);
          const claimed = now.claims.map((claim) => claim.party);
          if (now.shape.responsible.every((each) => claimed.includes(each))) now.status = 'delivery-claimed';
          return ['DeliveryClaimed'];
        },
      };
    },
  },
  RetractDeliveryClaim: {
    method: 'POST',
    path: 'claim-retractions',
    by: may.report,
    in: open,
    weight: 2,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const reason = reasonOf(draw);
      return {
        body: { party, ...reason },
        refused: [
          ...notAnswering(model, who, party),
          noReason(reason),
          !model.claims.some((claim) => claim.party === party) && [409, 'nothing-claimed'],
        ],
        follows(now) {
          now.claims = now.claims.filter((claim) => claim.party !== party);
          shownAnew(now);
          if (now.status === 'delivery-claimed') now.status = 'in-progress';
          return ['DeliveryClaimRetracted'];
        },
      };
    },
  },
  AttestDelivery: {
    method: 'POST',
    path: 'attestations',
    by: may.confirm,
    in: ['delivery-claimed'],
    weight: 12,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const { claimDigest, changed } = digestShown(model, draw);
      return {
        body: { party, claimDigest },
        refused: [
          ...notHoldingKey(model, who, party),
          fresh(model.deliveryKeys).includes(party) && [409, 'already-attested'],
          changed,
        ],
        follows(now) {
          now.deliveryKeys.push({ party, fresh: true });
          const turned = fresh(now.deliveryKeys);
          if (!keyHolders(now).every((each) => turned.includes(each))) return ['DeliveryAttested'];
          now.status = 'verified';
          return ['DeliveryAttested', 'CommitmentVerified'];
        },
      };
    },
  },
  DeclineAttestation: {
    method: 'POST',
    path: 'attestation-refusals',
    by: may.confirm,
    in: ['delivery-claimed'],
    weight: 2,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const { claimDigest, changed } = digestShown(model, draw);
      const reason = reasonOf(draw);
      return {
        body: { party, claimDigest, ...reason },
        refused: [...notHoldingKey(model, who, party), noReason(reason), changed],
        follows(now) {
          now.claims = [];
          shownAnew(now);
          now.status = 'in-progress';
          return ['AttestationDeclined'];
        },
      };
    },
  },
};
