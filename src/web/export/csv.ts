import type { ResultCell, ResultRow } from '#experiment';

/** Rows as CSV, in the form of probes.csv of the command line. */
export const csvOf = (rows: readonly ResultRow[]): string =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');

function quoted(value: ResultCell): string {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
