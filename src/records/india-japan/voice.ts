import { REGISTRY } from '../../commands/asked.js';
import type { Actor } from '../../domain/actor.js';
import type { SourceReference } from '../../domain/event.js';
import { speaker } from '../script.js';

export const dialogue = 'india-japan-economic-security';

const recorder: Actor = { id: 'recorder-founding-record', role: 'recorder' };
export const says = speaker(dialogue, recorder);
export const registers = speaker(REGISTRY, recorder);

export const PRESS_REPORT = 'press-2024-11-27';

export const restated = (text: string): SourceReference => ({
  document: PRESS_REPORT,
  quotation: { text, language: 'en', verbatim: false },
});
export const verbatim = (text: string): SourceReference => ({
  document: PRESS_REPORT,
  quotation: { text, language: 'en', verbatim: true },
});
export const reported = { sources: [{ document: PRESS_REPORT }] };
