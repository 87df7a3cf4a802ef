import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Announcement } from '../domain/dialogue.js';
import { Text } from './language.js';
import { styleVersion } from './stylesheet.js';

/** Two keys' worth of lines under one stroke, as a data address: the page fetches nothing but its style. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1d4f7c"/><path d="M9 25V7h8.5a6 6 0 0 1 0 12H13" fill="none" stroke="#fff" stroke-width="3.5"/></svg>',
)}`;

interface Place {
  readonly label: ComponentChildren;
  readonly address: string;
}

interface PageProps {
  readonly title: string;
  /** Where the page belongs, from the outermost place inwards. */
  readonly within?: readonly Place[];
  readonly children: ComponentChildren;
}

/** A whole page as HTML. */
export function pageOf(props: PageProps): string {
  return `<!doctype html>\n${renderToString(<Page {...props} />)}`;
}

function Page({ title, within, children }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === 'Pacta' ? title : `${title} · Pacta`}</title>
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" href={`/style.css?v=${styleVersion}`} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header class="masthead">
          <div class="frame">
            <a class="brand" href="/">
              Pacta
            </a>
            <p>The record of what parties promise each other</p>
          </div>
        </header>
        <div class="frame">
          {within && <Trail places={within} />}
          <main id="content" tabIndex={-1}>
            {children}
          </main>
        </div>
        <Footer />
      </body>
    </html>
  );
}

function Trail({ places }: { places: readonly Place[] }) {
  return (
    <nav class="trail" aria-label="Where you are">
      <ol>
        {places.map(({ label, address }) => (
          <li>
            <a href={address}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Footer() {
  return (
    <footer class="colophon">
      <div class="frame">
        <p>
          Nothing on record is ever changed or removed; a correction is a new entry. Counts and standings are
          worked out from the entries each time a page is shown.
        </p>
        <p>
          The same for programs: <a href="/v1/status">status as JSON</a>,{' '}
          <a href="/docs">description of the API</a>.
        </p>
      </div>
    </footer>
  );
}

/** Where pages about a dialogue belong. */
export function withinDialogue({ slug, titles }: Announcement): Place[] {
  return [
    { label: 'All dialogues', address: '/' },
    { label: <Text of={titles} />, address: `/#${slug}` },
  ];
}

/** Says on every page about it that an example never happened. */
export function InventedNotice({ of: { invented } }: { of: Pick<Announcement, 'invented'> }) {
  if (!invented) return null;
  return (
    <p class="invented">
      <strong>Invented example.</strong> The parties do not exist and none of this ever happened. It shows
      what a record looks like.
    </p>
  );
}
