import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The one style sheet of all pages. */
export const styleSheet = readFileSync(new URL('style.css', import.meta.url), 'utf8');

/** Names the style sheet by its bytes, so that it can be kept for ever under its address. */
export const styleVersion = hash('sha256', styleSheet).slice(0, 12);
