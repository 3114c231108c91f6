import { agreement, sameSign, type Check } from '#compare';
import type { Estimate } from '#core';
import { logRatio } from '../angular-rate.js';
import { frequencyOf } from './frequency-points.js';
import type { FrequencyStep } from './frequency-steps.js';

/** A simulated point of the map. */
export interface Spot {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Predicted D / |h|^2 of every probe. */
  readonly theory: readonly Estimate[];
  /** The same by simulation, at eta -> 0; the error includes what a curvature in eta would change. */
  readonly limits: readonly Estimate[];
}

export function slopeCheck(predicted: FrequencyStep, simulated: FrequencyStep): Check {
  const { labelNoiseVariance, from, to } = predicted;
  return agreement(
    `slope of the logarithm of the drift rate of x₁, σ² = ${labelNoiseVariance}, f = ${from} to ${to}`,
    simulated.slope,
    predicted.slope.value,
    { tolerance: 1 },
  );
}

/** Signs of the slope at the least label noise, and of its rise from there to the most. */
export function riseChecks(predicted: readonly FrequencyStep[], simulated: readonly FrequencyStep[]): Check[] {
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

/**
 * Whether x1 is slower than the other stimulus that is predicted to be the slowest; nothing if x1 is never presented.
 */
export function rankChecks({ parameters, theory, limits }: Spot): Check[] {
  const { labelNoiseVariance } = parameters;
  const frequency = frequencyOf(parameters);
  if (frequency === 0) return [];
  const others = theory.slice(1).map((_, k) => k + 1);
  const slowest = others.reduce((a, b) => (theory[b].value < theory[a].value ? b : a));
  return [
    sameSign(
      `ln of the drift rate of x₁ over the slowest of the others, σ² = ${String(labelNoiseVariance)}, f = ${frequency}`,
      logRatio(limits[0], limits[slowest]),
      Math.log(theory[0].value / theory[slowest].value),
    ),
  ];
}
