import { agreement, below, type Check } from '#compare';
import { formatCount, type Estimate } from '#core';
import type { Panel } from '#figure';
import { describeModel } from '../caption.js';
import type { Claim, PointEvidence } from '../claim.js';
import { laterTimes, settledIndex, timeAxis } from '../time-courses/time-axis.js';

/** Drift that is left at most, as a share of that of the rule with the symmetry. */
const NOTHING = 0.4;

/** Self-correlation that a rule with the symmetry keeps at most. */
const MAX_KEPT = 0.8;

const names: Readonly<Record<string, string>> = {
  oja: 'Oja’s rule',
  sanger: 'Sanger’s rule',
  similarityMatching: 'similarity matching',
  maskedSimilarityMatching: 'masked similarity matching',
};

/** Claim 14. */
export const noDriftClaim: Claim = {
  id: '14',
  title: 'Rules that do not drift',
  statement:
    'Drift needs a symmetry. Sanger’s rule and similarity matching with masked lateral weights, which tell their outputs apart, do not drift: their ' +
    'self-correlation stays at 1 − F / (|c|² + F). Oja’s rule and similarity matching, which differ from them in that only, lose it. Ours.',
  source: 'beyond the papers',
  preset: '14-no-drift.yaml',
  judge: ({ points }) => {
    const of = (rule: string): PointEvidence => {
      const point = points.find(({ report }) => report.parameters.rule === rule);
      if (!point) throw new RangeError(`the preset lacks the rule ${rule}`);
      return point;
    };
    const pairs = [
      { free: of('oja'), ordered: of('sanger') },
      { free: of('similarityMatching'), ordered: of('maskedSimilarityMatching') },
    ];
    return {
      checks: pairs.flatMap(({ free, ordered }) => [...lostChecks(free), ...keptChecks(ordered, free)]),
      figures: [
        {
          name: '14-no-drift',
          title: 'Self-correlation with and without a symmetry',
          caption:
            'Self-correlation of a relevant stimulus over time, simulated (points) and predicted at leading order (lines): Oja’s rule and Sanger’s, which ' +
            'differs from it by an order of the outputs, and similarity matching with lateral weights in both directions and in one. ' +
            `${describeModel(points[0].prepared.point.model)}.`,
          table: { kind: 'comparison', panels: pairs.map(({ free, ordered }) => panel([free, ordered])) },
        },
      ],
    };
  },
};

const nameOf = ({ report }: PointEvidence): string => names[report.parameters.rule as string];
const lastOf = ({ report }: PointEvidence): number => report.courses.steps.length - 1;
const correlationAt = ({ report: { courses } }: PointEvidence, time: number): Estimate =>
  courses.selfCorrelation[time][0] ?? { value: NaN, se: NaN };

/** What a rule with the symmetry has lost at the end of the run. */
function lostChecks(point: PointEvidence): Check[] {
  const last = lastOf(point);
  const steps = formatCount(point.report.courses.steps[last]);
  return [below(`self-correlation of ${nameOf(point)} after ${steps} steps`, correlationAt(point, last), MAX_KEPT)];
}

/** What a rule without it keeps, and how little its representation moves beyond its fluctuation. */
function keptChecks(ordered: PointEvidence, free: PointEvidence): Check[] {
  const last = lastOf(ordered);
  const { steps, theory } = ordered.report.courses;
  const name = nameOf(ordered);
  const { value, se } = growth(ordered);
  const unit = free.report.probes[0].diffusion;
  return [
    agreement(
      `self-correlation of ${name} after ${formatCount(steps[last])} steps`,
      correlationAt(ordered, last),
      theory.selfCorrelation[last][0] ?? NaN,
      // F is known to leading order.
      { predictedError: 0.3 * ordered.report.probes[0].fluctuation, tolerance: 0.15 },
    ),
    below(
      `growth of the squared displacement per step, ${name}, over D of ${nameOf(free)}`,
      { value: value / unit, se: se / unit },
      NOTHING,
    ),
  ];
}

/** How many times count as the beginning of the run, and as its end. */
const ENDS = 4;

/**
 * Growth per step of the squared displacement between the beginning of the run, after ten relaxation times, and its end: means over some
 * times each, whose errors are taken as independent although they share the first sample, which cancels.
 */
function growth(point: PointEvidence): Estimate {
  const { steps, squaredDisplacement } = point.report.courses;
  const from = settledIndex(point);
  const mean = (first: number): { time: number; value: number; se: number } => {
    const own = Array.from({ length: ENDS }, (_, k) => first + k);
    const sum = (value: (i: number) => number): number => own.reduce((total, i) => total + value(i), 0);
    return {
      time: sum((i) => steps[i]) / ENDS,
      value: sum((i) => squaredDisplacement[i][0].value) / ENDS,
      se: Math.hypot(...own.map((i) => squaredDisplacement[i][0].se)) / ENDS,
    };
  };
  const [early, late] = [mean(from), mean(steps.length - ENDS)];
  const time = late.time - early.time;
  return { value: (late.value - early.value) / time, se: Math.hypot(late.se, early.se) / time };
}

function panel(points: readonly PointEvidence[]): Panel {
  return {
    x: timeAxis,
    y: { label: 'self-correlation', scale: 'linear', domain: [-0.2, 1.05] },
    theory: points.map((point) => ({
      series: nameOf(point),
      points: laterTimes(point).flatMap((i) => {
        const y = point.report.courses.theory.selfCorrelation[i][0];
        return y === null ? [] : [{ x: point.report.courses.steps[i], y }];
      }),
    })),
    simulation: points.map((point) => ({
      series: nameOf(point),
      points: laterTimes(point).map((i) => {
        const { value, se } = correlationAt(point, i);
        return { x: point.report.courses.steps[i], y: value, se };
      }),
    })),
    referenceLine: { y: 0, text: 'no correlation' },
  };
}
