import { entryProbabilities, type Model } from '#model';
import type { KernelInstance } from '../instance.js';
import { placeDistribution } from '../place-distribution.js';
import type { Precision } from '../precision.js';

/** Lays out the input distribution and the label noise as assembly/parameters.ts describes them. */
export function placeInput(
  kernel: KernelInstance,
  { input, target, labelNoiseVariance }: Model,
  precision: Precision,
): void {
  const { size: n } = input;
  const { isDiagonal, factors } = placeDistribution(kernel, input, precision);
  const deviations = new Float64Array(n + target.rows).fill(1, 0, n).fill(Math.sqrt(labelNoiseVariance), n);
  if (isDiagonal && entryProbabilities(input).length === 1) deviations.set(factors);
  kernel.set({ deviations: kernel.allocateNumbers(deviations, precision) });
}

export function placeTarget(kernel: KernelInstance, { target }: Model, precision: Precision): void {
  const { rows, cols, data } = target;
  const isIdentity = rows === cols && data.every((value, at) => value === (at % (cols + 1) === 0 ? 1 : 0));
  kernel.set({ mapped: isIdentity ? 0 : 1, target: kernel.allocateNumbers(data, precision) });
}
