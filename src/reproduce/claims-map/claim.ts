import type { Estimate } from '#core';
import type { ExtrapolationRecord } from '#experiment';
import { angularRate, angularRateLimit } from '../angular-rate.js';
import { limitChecks } from '../checks.js';
import type { Claim, Evidence } from '../claim.js';
import { pointsOf } from '../learning-rates.js';
import { rankChecks, riseChecks, slopeCheck, type Spot } from './checks.js';
import { frequencyOf, stepsOf } from './frequency-points.js';
import { claimsMapTable } from './table.js';

/** Claim 7. */
export const claimsMapClaim: Claim = {
  id: '7',
  title: 'Where more frequent means slower',
  statement:
    'Claim 4 holds where the noise comes from weight decay. Label noise undoes it: the slope of the drift rate over frequency rises, and ' +
    'where it dominates the stimulus is not the slowest.',
  source: 'beyond the paper',
  preset: '7-claims-map.yaml',
  map: '../examples/claims-map.yaml',
  judge: (evidence) => {
    const spots = evidence.extrapolations.map((group) => spotOf(group, evidence));
    const predicted = stepsOf(spots, ({ theory }) => theory);
    const simulated = stepsOf(spots, ({ limits }) => limits);
    const map = stepsOf(evidence.map?.points ?? [], (report) =>
      report.probes.map((_, k) => exact(angularRate(report, k))),
    );
    return {
      checks: [
        ...evidence.extrapolations.flatMap((group) => diffusionChecks(group)),
        ...predicted.map((step, i) => slopeCheck(step, simulated[i])),
        ...riseChecks(predicted, simulated),
        ...spots.flatMap(rankChecks),
      ],
      compared: evidence.extrapolations.map((group) => ({ group, rates: ['diffusion'] })),
      figures: [
        {
          name: '7-claims-map',
          title: 'Where more frequent means slower',
          caption:
            'Slope d ln(drift rate) / d f of the stimulus x₁ between two frequencies, over label noise and weight decay, by theory; rimmed circles: ' +
            'simulation at η → 0, on the same scale. n = 10 inputs with variances 0.75 to 1.2, |x₁|² = 10, batch size 1.',
          table: claimsMapTable(map, simulated, evidence.points.at(0)?.prepared.point.assignments),
        },
      ],
    };
  },
};

const exact = (value: number): Estimate => ({ value, se: 0 });

function spotOf(group: ExtrapolationRecord, { points }: Evidence): Spot {
  const [{ report }] = pointsOf(group, points);
  const rates = report.probes.map((_, k) => angularRate(report, k));
  return {
    parameters: report.parameters,
    theory: rates.map(exact),
    limits: rates.map((rate, k) => angularRateLimit(rate, group, k)),
  };
}

const diffusionChecks = (group: ExtrapolationRecord) =>
  limitChecks(group, `σ² = ${String(group.parameters.labelNoiseVariance)}, f = ${frequencyOf(group.parameters)}`, {
    rates: ['diffusion'],
    chosen: [0],
    name: () => 'x₁',
  });
