import type { Estimate } from '#core';
import { frequencySteps, type FrequencyPoint, type FrequencyStep } from './frequency-steps.js';

/** The swept parameter that is the frequency of the stimulus x1. */
export const FREQUENCY = 'model.input.1.weight';

type Parameters = Readonly<Record<string, unknown>>;

export const frequencyOf = (parameters: Parameters): number => parameters[FREQUENCY] as number;

/**
 * Points of a run or a prediction whose first probe is x1. `ratesOf` returns the drift rates of all probes, in any
 * unit.
 */
export function stepsOf<P extends { readonly parameters: Parameters }>(
  points: readonly P[],
  ratesOf: (point: P) => readonly Estimate[],
): FrequencyStep[] {
  return frequencySteps(points.map((point) => frequencyPoint(point.parameters, ratesOf(point))));
}

const frequencyPoint = (parameters: Parameters, [rate, ...others]: readonly Estimate[]): FrequencyPoint => ({
  weightDecay: parameters.weightDecay as number,
  labelNoiseVariance: parameters.labelNoiseVariance as number,
  frequency: frequencyOf(parameters),
  rate,
  others: others.map(({ value }) => value),
});
