import { formatCount } from '#core';
import { agreement, sameSign } from '#compare';
import type { Panel } from '#figure';
import { describeModel, logarithmic } from '../caption.js';
import type { Claim, PointEvidence } from '../claim.js';
import { limitChecks } from '../checks.js';
import { pointsOf } from '../learning-rates.js';
import { settledIndex, timeAxis } from '../time-courses/time-axis.js';
import { relativeChange } from '../time-courses/window-means.js';
import { scalingRates } from '../scaling-panels.js';

const LAG = 'simulation.lag';
/** Number of windows that count as the beginning of the run. */
const EARLY = 8;

/** Claim 2. */
export const fluctuationClaim: Claim = {
  id: '2',
  title: 'Normal fluctuation, tangent diffusion',
  statement:
    'Normal to the minimum-loss manifold a representation fluctuates with a finite variance; along the manifold it diffuses, so ' +
    'that its mean squared displacement, once projected, grows linearly.',
  source: 'Pashakhanloo & Koulakov, ICML 2023',
  preset: '2-fluctuation-and-diffusion.yaml',
  judge: ({ points, extrapolations }) => {
    const name = 'a unit stimulus';
    const diffusing = extrapolations.filter(({ parameters }) => parameters[LAG] === 'auto');
    const [dense] = pointsOf({ ...diffusing[0], parameters: { ...diffusing[0].parameters, [LAG]: SHORT_LAG } }, points);
    const [sparse] = pointsOf(diffusing[0], points);
    const { courses, probes } = sparse.report;
    const settled = settledIndex(sparse);
    const raw = courses.squaredDisplacement[settled][0];
    const linear = probes[0].diffusion * courses.steps[settled];
    return {
      checks: [
        ...diffusing.flatMap((group) => limitChecks(group, '', { rates: scalingRates, chosen: [0], name: () => name })),
        agreement(
          'fluctuation: relative change from the beginning of the run to its end',
          relativeChange(
            {
              steps: courses.steps.slice(settled),
              means: courses.fluctuation.slice(settled).map((row) => row[0]),
            },
            EARLY,
          ),
          0,
          { tolerance: 0.12 },
        ),
        sameSign(
          `raw squared displacement after ${formatCount(courses.steps[settled])} steps is not D t: ratio − 1`,
          { value: raw.value / linear - 1, se: raw.se / linear },
          courses.theory.squaredDisplacement[settled][0] / linear - 1,
        ),
      ],
      compared: diffusing.map((group) => ({ group, rates: scalingRates })),
      figures: [
        {
          name: '2-fluctuation-and-diffusion',
          title: 'Displacement normal to the manifold and along it',
          caption:
            'Squared displacement of the representation of a unit stimulus over time: raw, projected onto the minimum-loss manifold, and ' +
            'squared distance from the manifold (means over growing windows). Points: simulation, sampled often and at the automatic lag. Lines: ' +
            'theory at leading order. The raw displacement is 2 F for a long time before D t shows; the distance does not grow. ' +
            'Within a relaxation time the projection still moves with the ' +
            'fluctuation, so the projected displacement starts above its line. ' +
            `${describeModel(sparse.prepared.point.model)}.`,
          table: { kind: 'comparison', panels: [panel(dense, sparse)] },
        },
      ],
    };
  },
};

/** The lag of the densely sampled points, as in the preset. */
const SHORT_LAG = 12;

function panel(dense: PointEvidence, sparse: PointEvidence): Panel {
  const { diffusion, fluctuation, squaredNorm } = sparse.report.probes[0];
  const tau = sparse.prepared.prediction.relaxationTime;
  const last = sparse.report.courses.steps.at(-1) ?? NaN;
  const times = logarithmic(dense.report.courses.steps[1], last, 60);
  /** Predicted squared displacement along the manifold. */
  const diffused = (t: number): number => 2 * squaredNorm * (1 - Math.exp((-diffusion * t) / (2 * squaredNorm)));
  const dots = (
    quantity: 'squaredDisplacement' | 'projectedSquaredDisplacement' | 'fluctuation',
    from: PointEvidence,
  ) => {
    const { steps } = from.report.courses;
    return steps.flatMap((x, i) => {
      const { value, se } = from.report.courses[quantity][i][0];
      return x > 0 && value > 0 ? [{ x, y: value, se }] : [];
    });
  };
  return {
    x: timeAxis,
    y: { label: 'squared displacement (activation²)', scale: 'log' },
    theory: [
      // Earlier, the relaxation times of many modes matter, and there is no formula.
      {
        series: 'raw',
        points: times.filter((t) => t >= 5 * tau).map((x) => ({ x, y: diffused(x) + 2 * fluctuation })),
      },
      { series: 'projected', points: times.map((x) => ({ x, y: diffused(x) })) },
      { series: 'distance from the manifold', points: times.map((x) => ({ x, y: fluctuation })) },
    ],
    simulation: [
      { series: 'raw', points: [...dots('squaredDisplacement', dense), ...dots('squaredDisplacement', sparse)] },
      {
        series: 'projected',
        points: [...dots('projectedSquaredDisplacement', dense), ...dots('projectedSquaredDisplacement', sparse)],
      },
      { series: 'distance from the manifold', points: [...dots('fluctuation', dense), ...dots('fluctuation', sparse)] },
    ],
  };
}
