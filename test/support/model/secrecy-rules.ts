import { any, type Model, sidesOf } from './model.js';
import { type Level, may, type Party, type Person } from './people.js';
import { type Draw, notSpeaking, type Perhaps, partyFor, type Rule } from './rule.js';

/** Parties whose word it takes to open it: one that keeps it to itself, or all sides. */
function sharing(model: Model): readonly Party[] {
  return 'party' in model.level ? [model.level.party] : sidesOf(model);
}

function notSharing(model: Model, who: Person, party: Party): Perhaps[] {
  return [!sharing(model).includes(party) && [409, 'not-concerned'], notSpeaking(who, party)];
}

/** What one side would have public, and whether every other one has said the same. */
function publishing(model: Model, party: Party, from: string | undefined) {
  const said = model.wishes.some((wish) => wish.party === party && wish.from === from);
  const by = [...model.wishes.filter((wish) => wish.from === from).map((wish) => wish.party), party];
  return {
    refused: said && ([409, 'publication-already-proposed'] as const),
    complete: sharing(model).every((each) => by.includes(each)),
    wish(now: Model) {
      now.wishes = [...now.wishes.filter((wish) => wish.party !== party), { party, from }];
    },
  };
}

function levelFor(party: Party, draw: Draw): Level {
  return draw.of<Level>(
    { level: 'parties' },
    { level: 'parties' },
    { level: 'own-side', party },
    { level: 'restricted', party, roles: ['secretariat', 'co-chair'] },
    { level: 'restricted', party, roles: ['desk-officer'] },
  );
}

/** Who may read it at first: what the proposal says (domain.md 6.7). */
export function notWithholdable(level: Level, who: Person, responsible: readonly Party[]) {
  if (!('party' in level)) return [];
  return [
    who.party !== level.party && ([403, 'not-your-party'] as const),
    responsible.some((each) => each !== level.party) && ([409, 'not-its-own'] as const),
    level.level === 'restricted' &&
      !level.roles.includes('secretariat') &&
      ([400, 'secretariat-missing'] as const),
  ];
}

/** Commands about who may read a commitment. */
export const secrecyRules: Readonly<Record<string, Rule>> = {
  ClassifyCommitment: {
    method: 'PUT',
    path: 'classification',
    by: may.classify,
    in: any,
    weight: 1,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const level = levelFor(party, draw);
      const ground = draw.of('Talks go on.', 'Trade secrets.');
      const isSame = JSON.stringify(level) === JSON.stringify(model.level) && ground === model.ground;
      const isShared =
        model.status !== 'proposed' ||
        model.level.level === 'parties' ||
        model.voices.some((voice) => voice !== party);
      return {
        body: { party, classification: { confidentiality: level, ground } },
        refused: [
          ...notSharing(model, who, party),
          ...notWithholdable(level, who, model.shape.responsible),
          'party' in level && isShared && [409, 'shared-already'],
          isSame && model.embargo === undefined && [409, 'classified-already'],
        ],
        follows(now) {
          now.level = level;
          now.ground = ground;
          now.embargo = undefined;
          now.wishes = [];
          return ['ConfidentialityChanged'];
        },
      };
    },
  },
  SetEmbargo: {
    method: 'PUT',
    path: 'embargo',
    by: may.classify,
    in: any,
    weight: 1,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const until = draw.of(
        '2095-01-01T00:00:00.000Z',
        '2096-01-01T00:00:00.000Z',
        '2020-01-01T00:00:00.000Z',
      );
      const longer = model.embargo !== undefined && until > model.embargo;
      const withholds = model.level.level === 'public' || longer;
      const publish = publishing(model, party, until);
      return {
        body: { party, until },
        refused: [
          ...notSharing(model, who, party),
          until < '2021' && [409, 'embargo-past'],
          until === model.embargo && [409, 'embargoed-already'],
          !withholds && publish.refused,
        ],
        follows(now) {
          if (!withholds) publish.wish(now);
          if (!withholds && !publish.complete) return ['PublicationProposed'];
          now.level = { level: 'parties' };
          now.embargo = until;
          now.wishes = [];
          return withholds ? ['EmbargoSet'] : ['PublicationProposed', 'EmbargoSet'];
        },
      };
    },
  },
  ReleaseCommitment: {
    method: 'PUT',
    path: 'publication',
    by: may.classify,
    in: any,
    weight: 6,
    plan(model, who, draw) {
      const party = partyFor(model, who, draw);
      const publish = publishing(model, party, undefined);
      return {
        body: { party },
        refused: [
          ...notSharing(model, who, party),
          model.level.level === 'public' && [409, 'public-already'],
          publish.refused,
        ],
        follows(now) {
          publish.wish(now);
          if (!publish.complete) return ['PublicationProposed'];
          now.level = { level: 'public' };
          now.ground = undefined;
          now.embargo = undefined;
          now.wishes = [];
          return ['PublicationProposed', 'ReleasedToPublic'];
        },
      };
    },
  },
};
