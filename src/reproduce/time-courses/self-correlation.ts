import { agreement, type Check } from '#compare';
import { formatCount } from '#core';
import type { Panel } from '#figure';
import { courseErrors, predictedCourses } from '#theory';

import type { PointEvidence } from '../claim.js';
import { laterTimes, timeAxis } from './time-axis.js';

/** Predicted self-correlation of a probe at some times by the best rates there are, with what the learning rate is expected to leave. */
function predictedSelfCorrelation(
  { prepared: { prediction, next } }: PointEvidence,
  probe: number,
  steps: readonly number[],
): { readonly value: number; readonly uncertainty: number }[] {
  const motion = next ?? prediction;
  const errors = courseErrors(motion, steps).selfCorrelation;
  return predictedCourses(motion, steps).selfCorrelation.map((row, i) => {
    const [value, uncertainty] = [row[probe], errors[i][probe]];
    if (value === null || uncertainty === null) throw new RangeError(`probe ${probe + 1} is not represented`);
    return { value, uncertainty };
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
    theory: probes.map((k) => {
      const predicted = predictedSelfCorrelation(point, k, times);
      return {
        series: name(k),
        points: predicted.map(({ value }, i) => ({ x: times[i], y: value })),
        errors: predicted.map(({ uncertainty }) => uncertainty),
      };
    }),
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
