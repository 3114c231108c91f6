import { formatCount } from '#core';
import { agreement, sameSign } from '#compare';
import { comparisonFigure, type Panel } from '#figure';
import { describeModel, logarithmic } from '../caption.js';
import type { Claim, PointEvidence } from '../claim.js';
import { relativeChange, timeAxis } from '../courses.js';
import { groupOf, limitChecks } from '../limits.js';
import { scalingRates } from '../scaling-panels.js';

const LAG = 'simulation.lag';
/** Windows of the course that count as its beginning. */
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
  judge: ({ points, limits }) => {
    const name = 'a unit stimulus';
    const diffusing = limits.filter(({ parameters }) => parameters[LAG] === 'auto');
    const [often] = groupOf({ ...diffusing[0], parameters: { ...diffusing[0].parameters, [LAG]: SHORT } }, points);
    const [long] = groupOf(diffusing[0], points);
    const { courses, probes } = long.record;
    const settled = courses.steps.findIndex((time) => time >= 10 * long.prepared.prediction.relaxationTime);
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
            `${describeModel(long.prepared.point.model)}.`,
          draw: (document, options) =>
            comparisonFigure([panel(often, long)], document, { ...options, title: 'Fluctuation and diffusion' }),
        },
      ],
    };
  },
};

/** The lag of the points that are sampled often, as in the preset. */
const SHORT = 12;

function panel(often: PointEvidence, long: PointEvidence): Panel {
  const { diffusion, fluctuation, squaredNorm } = long.record.probes[0];
  const tau = long.prepared.prediction.relaxationTime;
  const last = long.record.courses.steps.at(-1) ?? NaN;
  const times = logarithmic(often.record.courses.steps[1], last, 60);
  const turned = (t: number): number => 2 * squaredNorm * (1 - Math.exp((-diffusion * t) / (2 * squaredNorm)));
  const dots = (
    course: 'squaredDisplacement' | 'projectedSquaredDisplacement' | 'fluctuation',
    from: PointEvidence,
  ) => {
    const { steps } = from.record.courses;
    return steps.flatMap((x, i) => {
      const { value, se } = from.record.courses[course][i][0];
      return x > 0 && value > 0 ? [{ x, y: value, se }] : [];
    });
  };
  return {
    x: timeAxis,
    y: { label: 'squared displacement (activation²)', scale: 'log' },
    theory: [
      // Between no motion and 2 F + D t lie many relaxation times of different modes, for which there is no formula.
      {
        series: 'raw',
        points: times.filter((t) => t >= 5 * tau).map((x) => ({ x, y: turned(x) + 2 * fluctuation })),
      },
      { series: 'projected', points: times.map((x) => ({ x, y: turned(x) })) },
      { series: 'distance from the manifold', points: times.map((x) => ({ x, y: fluctuation })) },
    ],
    simulation: [
      { series: 'raw', points: [...dots('squaredDisplacement', often), ...dots('squaredDisplacement', long)] },
      {
        series: 'projected',
        points: [...dots('projectedSquaredDisplacement', often), ...dots('projectedSquaredDisplacement', long)],
      },
      { series: 'distance from the manifold', points: [...dots('fluctuation', often), ...dots('fluctuation', long)] },
    ],
  };
}
