import { sameSign, type Check } from '#compare';
import type { Estimate } from '#core';
import type { ExtrapolationRecord } from '#experiment';
import { equalityLine, type Panel } from '#figure';
import { describeModel } from '../caption.js';
import type { Claim, Evidence, PointEvidence } from '../claim.js';
import { angularRate, angularRateLabel, angularRateLimit, logRatio } from '../angular-rate.js';
import { limitChecks } from '../checks.js';
import { frequencyOf } from '../claims-map/frequency-points.js';
import { pointsOf } from '../learning-rates.js';

/** One frequency: the limits eta -> 0 of the simulation, and a point of the group for its theory. */
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
    const all = byFrequency(evidence);
    const name = (k: number): string => (k === 0 ? 'x₁' : `unit stimulus along axis ${axisOf(evidence, k)}`);
    const probes = all[0].group.probes.map((_, k) => k);
    const [never, rarely] = all;
    const often = all[all.length - 1];
    return {
      checks: [
        ...all.flatMap(({ group, frequency }) =>
          limitChecks(group, `f = ${frequency}`, { rates: ['diffusion'], chosen: probes, name }),
        ),
        fallCheck(never, rarely),
        fallCheck(rarely, often),
        rankCheck(rarely),
        rankCheck(often),
      ],
      compared: all.map(({ group }) => ({ group, rates: ['diffusion'] })),
      figures: [
        {
          name: '4-frequency',
          title: 'Drift rate against presentation frequency',
          caption:
            'First panel: drift rate D / |h|², divided by η³, of the stimulus x₁ that is presented with probability f and of three others: theory ' +
            '(lines) and simulation taken to η → 0 (points). Second panel: simulation / theory, η → 0. ' +
            `${describeModel(all[0].point.prepared.point.model, ['learningRate'])} at f = 0.`,
          table: { kind: 'comparison', panels: panels(all, probes, name) },
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

/** Sign of ln of the drift rate of x1 at one frequency over that at another. */
function fallCheck(from: AtFrequency, to: AtFrequency): Check {
  return sameSign(
    `ln of the drift rate of x₁ from f = ${from.frequency} to ${to.frequency}`,
    logRatio(measured(to, 0), measured(from, 0)),
    Math.log(theory(to, 0) / theory(from, 0)),
  );
}

/** Sign of ln of the drift rate of x1 over that of the other stimulus that is predicted to be the slowest. */
function rankCheck(at: AtFrequency): Check {
  const others = at.group.probes.slice(1).map((_, k) => k + 1);
  const slowest = others.reduce((a, b) => (theory(at, b) < theory(at, a) ? b : a));
  return sameSign(
    `ln of the drift rate of x₁ over the slowest of the others at f = ${at.frequency}`,
    logRatio(measured(at, 0), measured(at, slowest)),
    Math.log(theory(at, 0) / theory(at, slowest)),
  );
}

const theory = ({ point }: AtFrequency, k: number): number => angularRate(point.report, k);

const measured = (at: AtFrequency, k: number): Estimate => angularRateLimit(theory(at, k), at.group, k);

function panels(all: readonly AtFrequency[], probes: readonly number[], name: (k: number) => string): Panel[] {
  const x = { label: 'frequency f of x₁', scale: 'linear' } as const;
  return [
    {
      x,
      y: { label: angularRateLabel(), scale: 'log' },
      theory: probes.map((k) => ({
        series: name(k),
        points: all.map((at) => ({ x: at.frequency, y: theory(at, k) })),
      })),
      simulation: probes.map((k) => ({
        series: name(k),
        points: all.map((at) => {
          const { value, se } = measured(at, k);
          return { x: at.frequency, y: value, se };
        }),
      })),
    },
    {
      x,
      y: { label: 'simulation / theory, η → 0', scale: 'linear', domain: [0.88, 1.12] },
      theory: [],
      simulation: probes.map((k) => ({
        series: name(k),
        points: all.flatMap(({ frequency, group }) => {
          const limit = group.probes[k].diffusion?.limit;
          return limit ? [{ x: frequency, y: limit.value, se: limit.se }] : [];
        }),
      })),
      referenceLine: equalityLine,
    },
  ];
}
