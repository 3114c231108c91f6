import { comparedPoint, resultRows, type ResultRow } from '#experiment';
import type { Estimates } from '#measure';
import type { LabPoint } from '../prediction/messages.js';

/** What the page shows as rows of the table of results, one for each probe. */
export const rowsOfPage = (point: LabPoint, estimates: Estimates): ResultRow[] =>
  resultRows(0, comparedPoint(point.parameters, point.theory, estimates, point.task));
