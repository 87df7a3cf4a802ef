import { type Due, none } from './due-dates.js';
import { any, type Model, type Shape, type Words } from './model.js';
import { type Level, may, type Person } from './people.js';
import { type Draw, type Ground, type Rule } from './rule.js';

/** Whose commitment it can be: of two, of three, or of one towards another. */
export const shapes: readonly Shape[] = [
  { nature: 'joint', responsible: ['IN', 'JP'] },
  { nature: 'joint', responsible: ['JP', 'IN'] },
  { nature: 'unilateral', responsible: ['JP'], towards: 'IN' },
  { nature: 'unilateral', responsible: ['IN'], towards: 'JP' },
  { nature: 'joint', responsible: ['IN', 'JP', 'AU'] },
];

const words: Words = {
  titles: { en: 'Map of suppliers' },
  text: { en: 'They will draw a map of suppliers.' },
  criteria: [{ id: 'map', text: { en: 'A map.' } }],
  type: 'action',
  strength: 'political',
};

const quoted = {
  sources: [{ document: 'readout', quotation: { text: 'we will', language: 'en', verbatim: true } }],
};

/** A commitment right after it was proposed. */
export function proposed(id: string, shape: Shape, due: Due, level: Level, by: Person): Model {
  return {
    id,
    shape,
    status: 'proposed',
    words,
    amendments: [],
    textBy: by.name,
    textKeys: [],
    objections: [],
    voices: by.party ? [by.party] : [],
    translations: {},
    focusAreas: ['SC'],
    leads: {},
    focalPoints: {},
    due,
    dueChanges: [],
    reports: {},
    evidence: [],
    claims: [],
    deliveryKeys: [],
    judged: [],
    disputes: [],
    withdrawalAskedBy: [],
    proposals: [],
    successors: [],
    assessments: {},
    level,
    ...(level.level !== 'public' && { ground: 'Talks go on.' }),
    wishes: [],
    events: [{ type: 'CommitmentProposed', level: { level: 'public' } }],
    shown: { text: new Map(), claim: new Map() },
  };
}

/** The body that proposes it. The id of what is withheld is chosen by the service. */
export function proposalOf({ id, shape, due, level }: Model) {
  return {
    ...(level.level === 'public'
      ? { id }
      : { classification: { confidentiality: level, ground: 'Talks go on.' } }),
    ...words,
    nature: shape.nature,
    undertakings: shape.responsible.map((party) => ({ party })),
    ...(shape.towards && { towards: shape.towards }),
    focusAreas: ['SC'],
    due: due.terms,
    ...quoted,
  };
}

/** Proposals that are no good, whatever else is on record. */
export const badProposals: Rule = {
  method: 'POST',
  path: '',
  by: may.propose,
  in: any,
  weight: 1,
  plan(model, _who, draw: Draw) {
    const body = proposalOf({ ...model, due: none, level: { level: 'public' } });
    const one = { undertakings: [{ party: 'JP' }], towards: undefined };
    const [changes, ground] = draw.of<readonly [object, Ground?]>(
      [{}],
      [{ sources: [{ document: 'minutes' }] }, [400, 'quotation-missing']],
      [{ ...one, nature: 'joint' }, [400, 'joint-by-one']],
      [{ ...one, nature: 'unilateral' }, [400, 'towards-missing']],
      [{ ...one, nature: 'unilateral', towards: 'JP' }, [400, 'towards-itself']],
      [{ id: undefined, focusAreas: ['NOWHERE'] }, [404, 'no-such-focus-area']],
    );
    return {
      body: { ...body, ...changes },
      missing: ground?.[0] === 404 && ground,
      refused: [ground, [409, 'commitment-already-proposed']],
      follows: () => [],
    };
  },
};
