/** Rows under a heading, in columns as wide as they need to be; a cell without a value shows a hyphen. */
export function table(rows: readonly Readonly<Record<string, string | undefined>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? '-'))];
  const widths = columns.map((_column, index) => Math.max(...lines.map((line) => line[index]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** An instant to the second. */
export function second(instant: string | undefined): string | undefined {
  return instant && new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
