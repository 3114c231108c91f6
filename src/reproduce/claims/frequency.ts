import { sameSign, type Check } from '#compare';
import type { Estimate } from '#core';
import type { ExtrapolationRecord } from '#experiment';
import { equalityLine, type Panel } from '#figure';
import { describeModel } from '../caption.js';
import type { Claim, Evidence, PointEvidence } from '../claim.js';
import { angularRate, angularRateLimit, logRatio } from '../angular-rate.js';
import { limitChecks } from '../checks.js';
import { frequencyOf } from '../claims-map/frequency-points.js';
import { pointsOf } from '../learning-rates.js';

/** What is known at one frequency: the limit of the simulation, and a point of its group for the theory. */
interface AtFrequency {
  readonly frequency: number;
  readonly group: ExtrapolationRecord;
  readonly point: PointEvidence;
}

/** Claim 4. */
export const frequencyClaim: Claim = {
  id: '4',
  title: 'Presentation frequency',
  statement: 'A stimulus that is presented more often drifts more slowly, and more slowly than any other.',
  source: 'Pashakhanloo & Koulakov, ICML 2023',
  preset: '4-frequency.yaml',
  judge: (evidence) => {
    const at = byFrequency(evidence);
    const name = (k: number): string => (k === 0 ? 'x₁' : `unit stimulus along axis ${axisOf(evidence, k)}`);
    const probes = at[0].group.probes.map((_, k) => k);
    const [never, rarely] = at;
    const often = at[at.length - 1];
    return {
      checks: [
        ...at.flatMap(({ group, frequency }) =>
          limitChecks(group, `f = ${frequency}`, { rates: ['diffusion'], chosen: probes, name }),
        ),
        fall(never, rarely),
        fall(rarely, often),
        slowest(rarely),
        slowest(often),
      ],
      figures: [
        {
          name: '4-frequency',
          title: 'Drift rate against presentation frequency',
          caption:
            'First panel: drift rate D / |h|², divided by η³, of the stimulus x₁ that is presented with probability f and of three others: theory ' +
            '(lines) and simulation taken to η → 0 (points). Second panel: simulation / theory, η → 0. ' +
            `${describeModel(at[0].point.prepared.point.model, ['learningRate'])} at f = 0.`,
          table: { kind: 'comparison', panels: panels(at, probes, name) },
        },
      ],
    };
  },
};

const byFrequency = ({ extrapolations, points }: Evidence): AtFrequency[] =>
  extrapolations
    .map((group) => ({
      frequency: frequencyOf(group.parameters),
      group,
      point: pointsOf(group, points)[0],
    }))
    .sort((a, b) => a.frequency - b.frequency);

const axisOf = ({ points }: Evidence, k: number): number => points[0].prepared.point.probes[k].indexOf(1) + 1;

/** ln of the drift rate of x1 at one frequency over that at another. */
function fall(from: AtFrequency, to: AtFrequency): Check {
  return sameSign(
    `ln of the drift rate of x₁ from f = ${from.frequency} to ${to.frequency}`,
    logRatio(measured(to, 0), measured(from, 0)),
    Math.log(theory(to, 0) / theory(from, 0)),
  );
}

/** ln of the drift rate of x1 over that of the other stimulus that is predicted to be the slowest. */
function slowest(at: AtFrequency): Check {
  const others = at.group.probes.slice(1).map((_, k) => k + 1);
  const least = others.reduce((a, b) => (theory(at, b) < theory(at, a) ? b : a));
  return sameSign(
    `ln of the drift rate of x₁ over the slowest of the others at f = ${at.frequency}`,
    logRatio(measured(at, 0), measured(at, least)),
    Math.log(theory(at, 0) / theory(at, least)),
  );
}

const theory = ({ point }: AtFrequency, k: number): number => angularRate(point.report, k);

const measured = (at: AtFrequency, k: number): Estimate => angularRateLimit(theory(at, k), at.group, k);

function panels(at: readonly AtFrequency[], probes: readonly number[], name: (k: number) => string): Panel[] {
  const x = { label: 'frequency f of x₁', scale: 'linear' } as const;
  return [
    {
      x,
      y: { label: 'D / (|h|² η³) (rad² per step)', scale: 'log' },
      theory: probes.map((k) => ({
        series: name(k),
        points: at.map((there) => ({ x: there.frequency, y: theory(there, k) })),
      })),
      simulation: probes.map((k) => ({
        series: name(k),
        points: at.map((there) => {
          const { value, se } = measured(there, k);
          return { x: there.frequency, y: value, se };
        }),
      })),
    },
    {
      x,
      y: { label: 'simulation / theory, η → 0', scale: 'linear', domain: [0.88, 1.12] },
      theory: [],
      simulation: probes.map((k) => ({
        series: name(k),
        points: at.flatMap(({ frequency, group }) => {
          const limit = group.probes[k].diffusion?.limit;
          return limit ? [{ x: frequency, y: limit.value, se: limit.se }] : [];
        }),
      })),
      referenceLine: equalityLine,
    },
  ];
}
