import { agreement, type Check } from '#compare';
import { formatCount, type Estimate } from '#core';
import type { Axis, Panel } from '#figure';
import { predictedCourses } from '#theory';

import type { PointEvidence } from './claim.js';

export const timeAxis: Axis = { label: 'time (steps)', scale: 'log' };

/**
 * Predicted self-correlation of a probe at the given times, and its uncertainty. Diffusion at finite learning rate is faster
 * by the next order, so the course of leading order is run through at that speed; that order is partial, so its whole effect
 * is the uncertainty. Valid without directed drift.
 */
function predictedSelfCorrelation(
  { prepared: { prediction }, record }: PointEvidence,
  probe: number,
  steps: readonly number[],
): { readonly value: number; readonly uncertainty: number }[] {
  const next = record.probes[probe].nextOrder;
  const speed = next ? next.diffusion / record.probes[probe].diffusion : 1;
  const at = (factor: number): (number | null)[] =>
    predictedCourses(
      prediction,
      steps.map((time) => time * factor),
    ).selfCorrelation.map((row) => row[probe]);
  const leading = at(1);
  return at(speed).map((value, i) => {
    if (value === null) throw new RangeError(`probe ${probe + 1} is not represented`);
    return { value, uncertainty: Math.abs(value - (leading[i] ?? NaN)) };
  });
}

/** The self-correlation of a probe, measured against predicted, at the time when half of it is predicted to be lost and at the end. */
export function selfCorrelationChecks(point: PointEvidence, probe: number, name: string): Check[] {
  const { steps, selfCorrelation } = point.record.courses;
  const predicted = predictedSelfCorrelation(point, probe, steps);
  const half = predicted.reduce(
    (best, { value }, i) => (Math.abs(value - 0.5) < Math.abs(predicted[best].value - 0.5) ? i : best),
    0,
  );
  return [half, steps.length - 1].flatMap((i) => {
    const measured = selfCorrelation[i][probe];
    if (!measured) return [];
    const { value, uncertainty } = predicted[i];
    return [
      agreement(`self-correlation of ${name} after ${formatCount(steps[i])} steps`, measured, value, {
        predictedError: uncertainty,
        tolerance: 0.25,
      }),
    ];
  });
}

/** Indices of the times of a course after the first, which a logarithmic axis does not have. */
export const laterTimes = ({ record }: PointEvidence): number[] =>
  record.courses.steps.flatMap((time, i) => (time > 0 ? [i] : []));

/** Self-correlation over time of some probes, simulated and predicted. */
export function selfCorrelationPanel(
  point: PointEvidence,
  title: string,
  probes: readonly number[],
  name: (probe: number) => string,
): Panel {
  const { steps, selfCorrelation } = point.record.courses;
  const later = laterTimes(point);
  const times = later.map((i) => steps[i]);
  return {
    title,
    x: timeAxis,
    y: { label: 'self-correlation', scale: 'linear', domain: [-0.2, 1.05] },
    theory: probes.map((k) => ({
      series: name(k),
      points: predictedSelfCorrelation(point, k, times).map(({ value }, i) => ({ x: times[i], y: value })),
    })),
    simulation: probes.map((k) => ({
      series: name(k),
      points: later.flatMap((i) => {
        const estimate = selfCorrelation[i][k];
        return estimate ? [{ x: steps[i], y: estimate.value, se: estimate.se }] : [];
      }),
    })),
    reference: 0,
    referenceText: 'no correlation',
  };
}

/** A course of means over the windows between its times. */
interface WindowedCourse {
  /** Steps, ascending. */
  readonly steps: readonly number[];
  /** Mean over the window that ends at each time. */
  readonly means: readonly Estimate[];
}

/**
 * Relative difference between the last window of a course and its `count` first ones together, the very first left out. Windows count
 * by their length, not by their errors: where a small mean comes with a small error, precision would be a bias.
 */
export function relativeChange({ steps, means }: WindowedCourse, count: number): Estimate {
  const early = Array.from({ length: count }, (_, k) => k + 1);
  const length = (k: number): number => steps[k] - steps[k - 1];
  const total = early.reduce((sum, k) => sum + length(k), 0);
  const before = early.reduce((sum, k) => sum + length(k) * means[k].value, 0) / total;
  const se = Math.hypot(...early.map((k) => length(k) * means[k].se)) / total;
  const after = means[means.length - 1];
  return { value: after.value / before - 1, se: Math.hypot(after.se, se) / before };
}
