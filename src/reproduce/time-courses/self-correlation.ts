import { agreement, type Check } from '#compare';
import { formatCount } from '#core';
import type { Panel } from '#figure';
import { predictedCourses } from '#theory';

import type { PointEvidence } from '../claim.js';
import { laterTimes, timeAxis } from './time-axis.js';

/**
 * Predicted self-correlation of a probe at some times, and its uncertainty. At a finite learning rate the diffusion is
 * faster by the next order, so the time course of the leading order is scaled by that speed. The whole effect of that
 * order counts as uncertainty, which is more than what it leaves. Valid without directed drift.
 */
function predictedSelfCorrelation(
  { prepared: { prediction }, report }: PointEvidence,
  probe: number,
  steps: readonly number[],
): { readonly value: number; readonly uncertainty: number }[] {
  const next = report.probes[probe].nextOrder;
  const speed = next ? next.diffusion / report.probes[probe].diffusion : 1;
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

/** Agreement of the self-correlation of a probe at the time when half of it is predicted to be lost, and at the end. */
export function selfCorrelationChecks(point: PointEvidence, probe: number, name: string): Check[] {
  const { steps, selfCorrelation } = point.report.courses;
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

/** Self-correlation of some probes over time, by simulation and theory. */
export function selfCorrelationPanel(
  point: PointEvidence,
  title: string,
  probes: readonly number[],
  name: (probe: number) => string,
): Panel {
  const { steps, selfCorrelation } = point.report.courses;
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
    referenceLine: { y: 0, text: 'no correlation' },
  };
}
