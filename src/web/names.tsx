import type { CodedEnding } from '../domain/coded.js';
import type { LanguageMap } from '../domain/event.js';
import type { OrganisationDocument } from '../read-models/documents/organisation-document.js';
import type { Ended } from '../read-models/documents/coded-document.js';
import { DateShown } from './date-words.js';
import { chosen, Text } from './language.js';

/** What has a code on record and names to show for it. */
type Named = { readonly code: string; readonly names: LanguageMap };

/** The name behind a code, where only plain words can stand. */
export function nameOf(code: string, among: readonly Named[]): string {
  const named = among.find((each) => each.code === code);
  return named ? chosen(named.names).words : code;
}

/** The name behind a code, marked with its language; the code itself where the record knows no name. */
export function NameOf({ code, among }: { code: string; among: readonly Named[] }) {
  const named = among.find((each) => each.code === code);
  return named ? <Text of={named.names} /> : <span>{code}</span>;
}

/** An organisation by its full name, with the abbreviation that people know it by, and with what it became. */
export function OrganisationName(props: { code: string; among: readonly OrganisationDocument[] }) {
  const { abbreviation, ended } = props.among.find(({ code }) => code === props.code) ?? {};
  return (
    <>
      <NameOf {...props} />
      {abbreviation && ` (${abbreviation})`}
      {ended && (
        <span class="quiet">
          {' '}
          (<EndedShown ended={ended} among={props.among} />)
        </span>
      )}
    </>
  );
}

/** Names of parties as a sentence lists them, "India and Japan". */
export function PartyNames({ codes, among }: { codes: readonly string[]; among: readonly Named[] }) {
  return (
    <span>
      {new Intl.ListFormat('en-GB')
        .formatToParts(codes)
        .map(({ type, value }) => (type === 'element' ? <NameOf code={value} among={among} /> : value))}
    </span>
  );
}

const endings: Readonly<Record<CodedEnding, string>> = {
  merged: 'Merged into',
  split: 'Split into',
  retired: 'Retired',
  dissolved: 'Dissolved',
  abolished: 'Abolished',
};

/** How and when something ended, and what took its place: "Merged into Supply chains, April 2026". */
export function EndedShown({
  ended: { how, on, successors },
  among,
}: {
  ended: Ended;
  among: readonly Named[];
}) {
  return (
    <>
      {endings[how]}{' '}
      {successors.map((code, index) => (
        <>
          {index > 0 && ' and '}
          <NameOf code={code} among={among} />
        </>
      ))}
      {successors.length > 0 && ', '}
      <DateShown on={on} />
    </>
  );
}
