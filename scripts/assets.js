import { cpSync } from 'node:fs';

// The compiler leaves style sheets where they are; the pages read theirs from beside their own code.
const web = (folder) => new URL(`../${folder}/web/`, import.meta.url);
cpSync(new URL('style.css', web('src')), new URL('style.css', web('dist')));
