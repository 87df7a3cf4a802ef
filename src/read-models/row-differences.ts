/**
 * Where two JSON values differ, as JSON pointers: they name what differs and show nothing of it, which may be
 * confidential. The order of members does not count.
 */
export function differences(one: unknown, other: unknown, at = ''): string[] {
  if (!isComposite(one) || !isComposite(other)) return one === other ? [] : [at];
  if (Array.isArray(one) !== Array.isArray(other)) return [at];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) => differences(one[name], other[name], `${at}/${escaped(name)}`));
}

function isComposite(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}

/** RFC 6901, section 3. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
