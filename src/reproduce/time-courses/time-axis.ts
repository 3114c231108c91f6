import type { Axis } from '#figure';
import type { PointEvidence } from '../claim.js';

export const timeAxis: Axis = { label: 'time (steps)', scale: 'log' };

/** Indices of the times after 0, which a logarithmic axis does not have. */
export const laterTimes = ({ report }: PointEvidence): number[] =>
  report.courses.steps.flatMap((time, i) => (time > 0 ? [i] : []));

/** Index of the first time at which the beginning of the run no longer matters: after 10 relaxation times. */
export const settledIndex = ({ prepared, report }: PointEvidence): number =>
  report.courses.steps.findIndex((time) => time >= 10 * prepared.prediction.relaxationTime);
