import type { SourceReference } from '../../domain/event.js';
import type { Line } from '../script.js';
import { focusAreas } from './round.js';
import { restated, says, verbatim } from './voice.js';

interface Undertaking {
  readonly areas: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly verb?: string;
  readonly strength?: 'exploratory';
  readonly sources?: readonly SourceReference[];
}

const undertaking = (number: number, { areas, title, text, verb, strength, sources }: Undertaking): Line => {
  const id = `R1-${number}`;
  return says(
    'commitment',
    id,
    {
      type: 'ProposeCommitment',
      data: {
        id,
        titles: { en: title },
        text: { en: text },
        ...(verb && { verb }),
        nature: 'joint',
        type: 'action',
        strength: strength ?? 'political',
        focusAreas: areas,
        undertakings: [{ party: 'IN' }, { party: 'JP' }],
        round: 1,
        due: { precision: 'none' },
      },
    },
    { occurredOn: '2024-11-27', sources: sources ?? [restated(text)] },
  );
};

const everyArea = focusAreas.map((line) => line.id);

export const undertakings = [
  undertaking(1, {
    areas: ['ESP'],
    title: 'Protect economic interests together',
    text: 'The two sides work together more closely so that the economic interests of both are protected.',
  }),
  undertaking(2, {
    areas: ['SCR'],
    title: 'Resilient supply chains',
    text: 'The two sides build supply chains that withstand shocks, in sectors that they identify.',
  }),
  undertaking(3, {
    areas: ['CRI'],
    title: 'Resilient critical infrastructure',
    text: 'The two sides build critical infrastructure that withstands shocks, in sectors that they identify.',
  }),
  undertaking(4, {
    areas: ['ITR'],
    title: 'Partnerships of firms and universities',
    text: 'Through their policies the two sides make it easier for firms and universities of both countries to become partners.',
  }),
  undertaking(5, {
    areas: ['CET'],
    title: 'Research and use of key technologies',
    text: 'The two sides collaborate in researching key technologies and in putting them to use.',
  }),
  undertaking(6, {
    areas: ['TAL'],
    title: 'Talent and skills',
    text: 'The two sides explore ways to exchange talent and to raise skills in fields that interest both.',
    verb: 'explore',
    strength: 'exploratory',
  }),
  undertaking(7, {
    areas: everyArea,
    title: 'Results in every focus area',
    text: 'By working together across the whole breadth of the dialogue, the two sides bring results in its focus areas.',
    sources: [verbatim('concrete results'), verbatim('enhanced holistic collaboration')],
  }),
];
