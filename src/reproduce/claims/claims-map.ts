import { agreement, frequencySteps, sameSign, type Check, type FrequencyStep } from '#compare';
import type { Estimate } from '#core';
import type { ExtrapolationRecord, PointHeader } from '#experiment';
import { claimsMapFigure } from '#figure';
import { angularRate, angularRateLimit, logRatio } from '../angular-rate.js';
import type { Claim, Evidence } from '../claim.js';
import { groupOf, limitChecks } from '../limits.js';

const WEIGHT = 'model.input.1.weight';

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
    const spots = evidence.limits.map((group) => spotOf(group, evidence));
    const predicted = frequencySteps(spots.map(({ header, theory }) => point(header, theory)));
    const simulated = frequencySteps(spots.map(({ header, limits }) => point(header, limits)));
    return {
      checks: [
        ...evidence.limits.flatMap((group) =>
          limitChecks(
            group,
            `σ² = ${String(group.parameters.labelNoiseVariance)}, f = ${String(group.parameters[WEIGHT])}`,
            {
              rates: ['diffusion'],
              chosen: [0],
              name: () => 'x₁',
            },
          ),
        ),
        ...predicted.map((step, i) => slopeChecks(step, simulated[i])),
        ...riseChecks(predicted, simulated),
        ...spots.flatMap(rankChecks),
      ],
      figures: [
        {
          name: '7-claims-map',
          title: 'Where more frequent means slower',
          caption:
            'Slope d ln(drift rate) / d f of the stimulus x₁ between two frequencies, over label noise and weight decay, by theory; rimmed circles: ' +
            'simulation at η → 0, on the same scale. n = 10 inputs with variances 0.75 to 1.2, |x₁|² = 10, batch size 1.',
          draw: (document, options) =>
            claimsMapFigure(
              mapSteps(evidence).map((step) => ({ ...step, slope: step.slope.value })),
              document,
              { ...options, title: 'Where more frequent means slower', spots: simulated },
            ),
        },
      ],
    };
  },
};

interface Spot {
  readonly header: Pick<PointHeader, 'parameters'>;
  /** D / |h|^2 of every probe. */
  readonly theory: readonly Estimate[];
  /** The same simulated, at eta -> 0; the error holds what a curvature in eta would add. */
  readonly limits: readonly Estimate[];
}

function spotOf(group: ExtrapolationRecord, { points }: Evidence): Spot {
  const [{ record }] = groupOf(group, points);
  const theory = record.probes.map((_, k) => ({ value: angularRate(record, k), se: 0 }));
  return {
    header: record,
    theory,
    limits: theory.map(({ value }, k) => angularRateLimit(value, group, k)),
  };
}

const point = ({ parameters }: Pick<PointHeader, 'parameters'>, [rate, ...others]: readonly Estimate[]) => ({
  weightDecay: parameters.weightDecay as number,
  labelNoiseVariance: parameters.labelNoiseVariance as number,
  frequency: parameters[WEIGHT] as number,
  rate,
  others: others.map(({ value }) => value),
});

const mapSteps = ({ map }: Evidence): FrequencyStep[] =>
  frequencySteps(
    (map?.points ?? []).map((record) =>
      point(
        record,
        record.probes.map((_, k) => ({ value: angularRate(record, k), se: 0 })),
      ),
    ),
  );

const where = ({ labelNoiseVariance, from, to }: FrequencyStep): string =>
  `σ² = ${labelNoiseVariance}, f = ${from} to ${to}`;

function slopeChecks(predicted: FrequencyStep, simulated: FrequencyStep): Check {
  return agreement(
    `slope of the logarithm of the drift rate of x₁, ${where(predicted)}`,
    simulated.slope,
    predicted.slope.value,
    { tolerance: 1 },
  );
}

/** Signs of the slope at little label noise and of its rise to much label noise. */
function riseChecks(predicted: readonly FrequencyStep[], simulated: readonly FrequencyStep[]): Check[] {
  const order = predicted
    .map((_, i) => i)
    .sort((a, b) => predicted[a].labelNoiseVariance - predicted[b].labelNoiseVariance);
  const [low, high] = [order[0], order[order.length - 1]];
  const difference = (steps: readonly FrequencyStep[]): Estimate => ({
    value: steps[high].slope.value - steps[low].slope.value,
    se: Math.hypot(steps[high].slope.se, steps[low].slope.se),
  });
  const noise = `σ² = ${predicted[low].labelNoiseVariance}`;
  return [
    sameSign(`sign of that slope at ${noise}`, simulated[low].slope, predicted[low].slope.value),
    sameSign(
      `rise of that slope from ${noise} to ${predicted[high].labelNoiseVariance}`,
      difference(simulated),
      difference(predicted).value,
    ),
  ];
}

/** Whether x1 is slower than the other stimulus that is predicted to be the slowest, where it is presented at all. */
function rankChecks({ header, theory, limits }: Spot): Check[] {
  const { labelNoiseVariance } = header.parameters;
  const frequency = header.parameters[WEIGHT] as number;
  if (frequency === 0) return [];
  const others = theory.slice(1).map((_, k) => k + 1);
  const least = others.reduce((a, b) => (theory[b].value < theory[a].value ? b : a));
  return [
    sameSign(
      `ln of the drift rate of x₁ over the slowest of the others, σ² = ${String(labelNoiseVariance)}, f = ${frequency}`,
      logRatio(limits[0], limits[least]),
      Math.log(theory[0].value / theory[least].value),
    ),
  ];
}
