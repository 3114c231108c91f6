import { resultRows, type RunReport } from '#experiment';
import Papa from 'papaparse';

/** The table of results of a report as CSV: a line for each probe at each point. */
export const resultsCsv = ({ points }: Pick<RunReport, 'points'>): string =>
  csv(points.flatMap((point, index) => resultRows(index, point)));

export const csv = (rows: readonly object[]): string => `${Papa.unparse([...rows], { newline: '\n' })}\n`;
