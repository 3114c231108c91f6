import { comparedPoint, resultRows, type ResultRow } from '#experiment';
import type { Estimates } from '#measure';
import type { LabPoint } from '../prediction/messages.js';
import type { Provenance } from './names.js';

/** What the page shows as rows of the table of results, one for each probe. */
export const rowsOfPage = (point: LabPoint, estimates: Estimates): ResultRow[] =>
  resultRows(0, comparedPoint(point.parameters, point.theory, estimates, point.task));

/** The same with where they are from, in columns: a comment would have to be skipped by whoever reads the table. */
export const rowsFrom = (rows: readonly ResultRow[], { software, link }: Provenance): ResultRow[] =>
  rows.map((row) => ({ ...row, software, link }));
