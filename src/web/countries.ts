/** Regions of ISO 3166-1 and CLDR that are no country: groups of them, and codes for tests and for what is unknown. */
const none = ['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'];

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Countries by their codes (ISO 3166-1 alpha-2) with their English names, in the order of these. */
export const countries: readonly { readonly code: string; readonly name: string }[] = LETTERS.flatMap(
  (first) =>
    LETTERS.flatMap((second) => {
      const code = first + second;
      // A code that was given up stands for another one, or for none.
      const isCurrent = new Intl.Locale(`und-${code}`).region === code && !none.includes(code);
      const name = isCurrent && names.of(code);
      return name ? [{ code, name }] : [];
    }),
).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));

const codes: ReadonlySet<string> = new Set(countries.map(({ code }) => code));

/** True of the code of a country. */
export function isCountry(code: string): boolean {
  return codes.has(code);
}
