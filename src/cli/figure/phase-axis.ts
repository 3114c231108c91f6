import { PHASE } from '#experiment';
import type { Row } from '#store';

/** The phases of a run in their order, by all of its points; none for a run without phases. */
export const phaseNames = (points: readonly Row[]): string[] => [
  ...new Set(points.flatMap((row) => (typeof row[PHASE] === 'string' ? [row[PHASE]] : []))),
];

/** The rows with the number of a phase, from 1, in place of its name, as an axis shows it. */
export const withPhaseNumbers = (rows: readonly Row[], phases: readonly string[]): Row[] =>
  phases.length === 0 ? [...rows] : rows.map((row) => ({ ...row, [PHASE]: phases.indexOf(String(row[PHASE])) + 1 }));

/** What the axis is called: `phase (1 before, 2 daily)`. */
export const phaseLabel = (phases: readonly string[]): string =>
  `phase (${phases.map((name, k) => `${k + 1} ${name}`).join(', ')})`;
