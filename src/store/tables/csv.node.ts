import Papa from 'papaparse';

/** Rows as CSV with a line of names, those of the first row. */
export const csv = (rows: readonly object[]): string => `${Papa.unparse([...rows], { newline: '\n' })}\n`;
