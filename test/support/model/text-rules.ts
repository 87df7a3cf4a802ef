import { any, living, type Model, open, textConfirmedBy, textShown, type Words, wordsOf } from './model.js';
import { may } from './people.js';
import {
  citing,
  decidedBy,
  type Draw,
  isJoint,
  jointly,
  noReason,
  notASide,
  partyFor,
  reasonOf,
  reworded,
  type Rule,
} from './rule.js';

const texts = ['They will draw a map.', 'They will draw two maps.', '両国は地図を作成する。'];
const criteria: readonly Words['criteria'][] = [[], [{ id: 'map', text: { en: 'A map.' } }]];

function rewording(draw: Draw): Partial<Words> {
  return draw.of<() => Partial<Words>>(
    () => ({ text: { en: draw.of(...texts) } }),
    () => ({ titles: { en: draw.of('Map', 'Two maps') } }),
    () => ({ criteria: draw.of(...criteria) }),
    () => ({ text: { en: draw.of(...texts) }, criteria: draw.of(...criteria) }),
    () => ({}),
  )();
}

function sameWords(model: Model, changes: Partial<Words>) {
  const before = wordsOf(model);
  const members = Object.entries(changes) as [keyof Words, unknown][];
  const same = members.every(([member, value]) => JSON.stringify(value) === JSON.stringify(before[member]));
  return same && ([members.length === 0 ? 400 : 409, 'nothing-changed'] as const);
}

/** Repairs each member where it was last decided. */
function repair(model: Model, changes: Partial<Words>): void {
  for (const [member, value] of Object.entries(changes)) {
    const last = model.amendments.findLast((each) => member in each.changes);
    if (last) last.changes = { ...last.changes, [member]: value };
    else model.words = { ...model.words, [member]: value };
  }
}

const concernsKeys = (changes: Partial<Words>) => 'text' in changes || 'criteria' in changes;

/** Commands about the words of a commitment. */
export const textRules: Readonly<Record<string, Rule>> = {
  ConfirmCommitmentText: {
    method: 'POST',
    path: 'text-confirmations',
    by: may.confirm,
    in: living,
    weight: 6,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const now = textShown(model);
      const isOld = draw.chance(15);
      const old = [...model.shown.text].find(([shown]) => shown !== now)?.[1] ?? '0'.repeat(64);
      return {
        body: { party, textDigest: isOld ? old : (model.shown.text.get(now) ?? 'look') },
        refused: [
          ...notASide(model, who, party),
          who.name === model.textBy && [403, 'own-text'],
          textConfirmedBy(model).includes(party) && [409, 'text-already-confirmed'],
          isOld && [409, 'text-changed'],
        ],
        follows(now) {
          now.voices.push(party);
          now.textKeys.push({ party, fresh: true });
          now.objections = now.objections.filter((each) => each !== party);
          return ['CommitmentTextConfirmed'];
        },
      };
    },
  },
  ObjectToCommitmentText: {
    method: 'POST',
    path: 'text-objections',
    by: may.confirm,
    in: ['proposed'],
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      return {
        body: { party, objection: { en: 'Those were not the words.' } },
        refused: [
          ...notASide(model, who, party),
          model.objections.includes(party) && [409, 'already-objected'],
        ],
        follows(now) {
          now.voices.push(party);
          now.objections.push(party);
          return ['CommitmentTextObjected'];
        },
      };
    },
  },
  AgreeCommitment: {
    method: 'PUT',
    path: 'agreement',
    by: may.record,
    in: ['proposed'],
    weight: 8,
    plan(model, _who, draw) {
      const said = citing(draw);
      const confirmed = textConfirmedBy(model);
      const isConfirmed = model.shape.responsible.every((party) => confirmed.includes(party));
      return {
        body: said,
        refused: [
          (model.level.level === 'own-side' || model.level.level === 'restricted') && [
            409,
            'kept-to-one-side',
          ],
          model.objections.length > 0 && [409, 'text-objected-to'],
          !isJoint(said) && !isConfirmed && [409, 'text-not-confirmed'],
        ],
        follows(now) {
          now.status = 'agreed';
          // Whoever agrees no longer asks to be let off.
          now.withdrawalAskedBy = [];
          now.agreedBy = isJoint(said) ? 'joint-document' : 'confirmed-by-every-party';
          now.firstDue = now.due;
          now.baseline = now.due;
          now.dueChanges.push('agreed');
          return ['CommitmentAgreed'];
        },
      };
    },
  },
  AmendCommitment: {
    method: 'POST',
    path: 'amendments',
    by: may.settle,
    in: open,
    plan(model, who, draw) {
      const changes = rewording(draw);
      const from = draw.of('2026-01-01', '2099-01-01');
      const said = citing(draw);
      const joint = jointly(model, who, said, 'CommitmentAmended', { from, changes });
      return {
        body: { from, changes, ...said },
        refused: [sameWords(model, changes), ...joint.refused],
        follows: (now) =>
          decidedBy(joint.decide(now), () => {
            now.amendments.push({ from, changes });
            if (concernsKeys(changes)) reworded(now, who);
            return ['CommitmentAmended'];
          }),
      };
    },
  },
  CorrectCommitment: {
    method: 'POST',
    path: 'corrections',
    by: ['recorder', 'secretariat'],
    in: any,
    plan(model, who, draw) {
      const changes = rewording(draw);
      const reason = reasonOf(draw);
      const said = citing(draw);
      // What was agreed by all is not one side's to repair.
      const isOneSides = who.party !== undefined && model.agreedBy !== undefined && !isJoint(said);
      return {
        body: { changes, ...reason, ...said },
        refused: [
          noReason(reason),
          sameWords(model, changes),
          isOneSides && concernsKeys(changes) && [403, 'takes-every-side'],
        ],
        follows(now) {
          repair(now, changes);
          if (concernsKeys(changes)) reworded(now, who);
          return ['CommitmentCorrected'];
        },
      };
    },
  },
  ReclassifyCommitment: {
    method: 'PUT',
    path: 'kind',
    by: ['recorder', 'secretariat'],
    in: any,
    plan(model, _who, draw) {
      const type = draw.of('output', 'process', undefined);
      const strength = draw.of('binding', 'political', undefined);
      const changes = { ...(type && { type }), ...(strength && { strength }) };
      return {
        body: changes,
        refused: [sameWords(model, changes)],
        follows(now) {
          repair(now, changes);
          return ['CommitmentReclassified'];
        },
      };
    },
  },
  TranslateCommitment: {
    method: 'POST',
    path: 'translations',
    by: may.record,
    in: any,
    weight: 2,
    plan(_model, _who, draw) {
      const language = draw.of('ja', 'hi', 'en');
      const translator = draw.of(undefined, undefined, 'meti', 'nobody');
      return {
        body: {
          language,
          text: 'नक्शा',
          standing: draw.of('official', 'machine'),
          ...(translator && { translator }),
        },
        missing: translator === 'nobody' && [404, 'no-such-organisation'],
        refused: [language === 'en' && [409, 'language-of-the-agreed-text']],
        follows(now) {
          now.translations[language] = { outdated: false };
          return ['CommitmentTranslated'];
        },
      };
    },
  },
};
