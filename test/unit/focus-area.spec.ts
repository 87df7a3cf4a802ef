import { focusArea, type FocusAreaDefinition } from '../../src/domain/focus-area.js';
import { asked, given } from './scenario.js';

const soil: FocusAreaDefinition = { code: 'soil', names: { en: 'Soil', ja: '土壌' } };

describe('a focus area', () => {
  test('comes on record as it was defined', () => {
    given(focusArea)
      .when({ type: 'DefineFocusArea', data: soil }, asked)
      .happens({ type: 'FocusAreaDefined', data: soil });
  });

  test('never shares its code with another, whatever that one is called', () => {
    given(focusArea, { type: 'FocusAreaDefined', data: soil })
      .when({ type: 'DefineFocusArea', data: { ...soil, names: { en: 'Subsoil' } } }, asked)
      .isRefused('focus-area-code-taken', { at: '/code' });
  });
});
