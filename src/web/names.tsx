import type { LanguageMap } from '../domain/event.js';
import type { OrganisationRegistration } from '../domain/organisation.js';
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

/** An organisation by its full name, with the abbreviation that people know it by. */
export function OrganisationName(props: { code: string; among: readonly OrganisationRegistration[] }) {
  const abbreviation = props.among.find(({ code }) => code === props.code)?.abbreviation;
  return (
    <>
      <NameOf {...props} />
      {abbreviation && ` (${abbreviation})`}
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
