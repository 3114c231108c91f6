import { sameSign } from '#compare';
import { nextOrderRatios } from '#experiment';
import { equalityLine, type Panel } from '#figure';
import { describeModel } from '../caption.js';
import type { Claim, Evidence } from '../claim.js';
import { exponentCheck, limitChecks } from '../checks.js';
import { pointsOf, rateOf } from '../learning-rates.js';
import { limitDots } from '../scaling-panels.js';
import { velocityCheck } from '../velocity.js';

const rates = ['directedSpeed', 'diffusion'] as const;

/** Claim 6. */
export const directedClaim: Claim = {
  id: '6',
  title: 'Directed drift',
  statement: 'A finite dictionary of stimuli drifts in a direction, with a speed of order η².',
  source: 'beyond the paper',
  preset: '6-directed-drift.yaml',
  judge: (evidence) => {
    const { points, extrapolations } = evidence;
    const [group] = extrapolations;
    const probes = points[0].report.probes.map((_, k) => k);
    const name = (k: number): string => `probe ${k + 1}`;
    const fast = fastest(evidence);
    const ordered = pointsOf(group, points);
    const [first] = ordered;
    return {
      checks: [
        ...limitChecks(group, '', { rates, chosen: probes, name }),
        exponentCheck(
          `exponent of η in |v| of ${name(fast)}`,
          ordered.map(({ report, prepared }) => ({
            x: rateOf(report),
            y: alongDrift(report.probes[fast]),
            nextOrder: nextOrderRatios(prepared)?.[fast].directedSpeed ?? null,
          })),
          2,
          0.3,
        ),
        sameSign(
          `directed speed of ${name(fast)} along its predicted direction, η = ${rateOf(first.report)}`,
          alongDrift(first.report.probes[fast]),
          first.report.probes[fast].directedSpeed,
        ),
        velocityCheck(group, points),
      ],
      compared: [{ group, rates }],
      figures: [
        {
          name: '6-directed-drift',
          title: 'Directed drift of a dictionary',
          caption:
            'First panel: directed speed |v| of three of seven stimuli along the predicted direction against the learning rate η, theory with slope 2 (lines) ' +
            'and simulation (points). Second panel: simulation / theory at η → 0 of |v| and D for all seven. ' +
            `${describeModel(points[0].prepared.point.model, ['learningRate', 'input'])}, seven stimuli in four dimensions.`,
          table: { kind: 'comparison', panels: panels(evidence, probes) },
        },
      ],
    };
  },
};

type Probe = Evidence['points'][number]['report']['probes'][number];

/** The component of v along the predicted direction; unlike |v| it is unbiased. */
function alongDrift({ ratio, directedSpeed }: Probe): { value: number; se: number } {
  const { value, se } = ratio.directedSpeed ?? { value: NaN, se: NaN };
  return { value: value * directedSpeed, se: se * directedSpeed };
}

const fastest = ({ points: [{ report }] }: Evidence): number =>
  report.probes.reduce(
    (best, { directedSpeed }, k) => (directedSpeed > report.probes[best].directedSpeed ? k : best),
    0,
  );

function panels({ points, extrapolations: [group] }: Evidence, probes: readonly number[]): Panel[] {
  const ordered = pointsOf(group, points);
  const bySpeed = [...probes].sort(
    (a, b) => ordered[0].report.probes[b].directedSpeed - ordered[0].report.probes[a].directedSpeed,
  );
  const chosen = [bySpeed[0], bySpeed[Math.floor(bySpeed.length / 2)], bySpeed[bySpeed.length - 1]];
  const all = probes.map((k) => ({ x: k + 1, probe: group.probes[k] }));
  return [
    {
      x: { label: 'learning rate η', scale: 'log' },
      y: { label: '|v| (activation per step)', scale: 'log' },
      theory: chosen.map((k) => ({
        series: `probe ${k + 1}`,
        points: ordered.map(({ report }) => ({ x: rateOf(report), y: report.probes[k].directedSpeed })),
      })),
      simulation: chosen.map((k) => ({
        series: `probe ${k + 1}`,
        points: ordered.flatMap(({ report }) => {
          const { value, se } = alongDrift(report.probes[k]);
          return value > 0 ? [{ x: rateOf(report), y: value, se }] : [];
        }),
      })),
    },
    {
      x: { label: 'probe', scale: 'linear' },
      y: { label: 'simulation / theory, η → 0', scale: 'linear', domain: [0.8, 1.2] },
      theory: [],
      simulation: [limitDots(all, 'directedSpeed', '|v|, η → 0'), limitDots(all, 'diffusion', 'D, η → 0')],
      referenceLine: equalityLine,
    },
  ];
}
