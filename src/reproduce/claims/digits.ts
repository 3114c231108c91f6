import { equalityLine, type Panel } from '#figure';
import { angularRate, angularRateLabel, angularRateLimit } from '../angular-rate.js';
import { describeModel } from '../caption.js';
import type { Claim, Evidence } from '../claim.js';
import { limitChecks } from '../checks.js';
import { pointsOf } from '../learning-rates.js';
import { limitDots } from '../scaling-panels.js';
import { velocityCheck } from '../velocity.js';

const rates = ['fluctuation', 'diffusion', 'directedSpeed'] as const;

const digit = (k: number): string => `digit ${k}`;

/** Claim 8. */
export const digitsClaim: Claim = {
  id: '8',
  title: 'Handwritten digits',
  statement: 'On real stimuli, too, F, D and directed drift of every representation are those of the theory.',
  source: 'beyond the paper',
  preset: '8-digits.yaml',
  judge: (evidence) => {
    const { points, extrapolations } = evidence;
    const digits = points[0].report.probes.map((_, k) => k);
    return {
      checks: [
        ...limitChecks(extrapolations[0], '', { rates, chosen: digits, name: digit }),
        velocityCheck(extrapolations[0], points),
      ],
      compared: [{ group: extrapolations[0], rates }],
      figures: [
        {
          name: '8-digits',
          title: 'Drift of handwritten digits',
          caption:
            'First panel: drift rate D / |h|², divided by η³, of the mean image of each digit: simulation taken to η → 0 (points) against theory; on the line ' +
            'they are equal. Second panel: simulation / theory at η → 0 of F, D and |v|. ' +
            `${describeModel(points[0].prepared.point.model, ['learningRate'])}, 10,000 images.`,
          table: { kind: 'comparison', panels: panels(evidence, digits) },
        },
      ],
    };
  },
};

function panels({ points, extrapolations: [group] }: Evidence, digits: readonly number[]): Panel[] {
  const [{ report }] = pointsOf(group, points);
  const dots = digits.map((k) => {
    const rate = angularRate(report, k);
    const limit = angularRateLimit(rate, group, k);
    return { x: rate, y: limit.value, se: limit.se, text: `${k}` };
  });
  const ends = [Math.min(...dots.map(({ x }) => x)), Math.max(...dots.map(({ x }) => x))];
  const all = digits.map((k) => ({ x: k, probe: group.probes[k] }));
  return [
    {
      x: { label: angularRateLabel('theory'), scale: 'linear' },
      y: { label: angularRateLabel('simulation'), scale: 'linear' },
      theory: [{ series: 'equal', points: ends.map((value) => ({ x: value, y: value })) }],
      simulation: [{ series: 'digits 0 to 9, simulation', points: dots }],
      labels: dots.map(({ x, y, text }) => ({ x, y, text })),
    },
    {
      x: { label: 'digit', scale: 'linear' },
      y: { label: 'simulation / theory, η → 0', scale: 'linear', domain: [0.8, 1.2] },
      theory: [],
      simulation: [
        limitDots(all, 'fluctuation', 'F, η → 0'),
        limitDots(all, 'diffusion', 'D, η → 0'),
        limitDots(all, 'directedSpeed', '|v|, η → 0'),
      ],
      referenceLine: equalityLine,
    },
  ];
}
