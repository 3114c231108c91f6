import Papa from 'papaparse';
import type { Row } from './table.js';

/** Rows as CSV with a line of names, those of the first row. */
export const csv = (rows: readonly object[]): string => `${Papa.unparse([...rows], { newline: '\n' })}\n`;

/** The rows of a CSV text with a line of names: numbers where a cell is one, null where it is empty. Throws Error. */
export function csvRows(text: string): Row[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text.trimEnd(), { header: true });
  const [error] = errors.filter(({ type }) => type !== 'Delimiter');
  if ((error as object | undefined) !== undefined) throw new Error(`row ${Number(error.row) + 1}: ${error.message}`);
  return data.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, valueOf(cell)])));
}

const valueOf = (cell: string): number | string | null => {
  if (cell === '') return null;
  const number = Number(cell);
  return cell.trim() !== '' && Number.isFinite(number) ? number : cell;
};
