import { aliasTable, entryProbabilities, type Model } from '#model';
import type { KernelInstance } from '../instance.js';
import type { Precision } from '../precision.js';

/** Lays out the input distribution and the label noise as assembly/parameters.ts describes them. */
export function placeInput(
  kernel: KernelInstance,
  { input, target, labelNoiseVariance }: Model,
  precision: Precision,
): void {
  const { gaussians, stimuli, size: n } = input;
  const factors = gaussians.map(({ factor }) => factor.data);
  const isZeroWhere = (isBlank: (i: number, j: number) => boolean): boolean =>
    factors.every((data) => data.every((value, at) => value === 0 || !isBlank(Math.floor(at / n), at % n)));
  const isDiagonal = isZeroWhere((i, j) => i !== j);
  const isLower = isZeroWhere((i, j) => j > i);
  const form = isDiagonal ? 0 : isLower ? 1 : 2;
  const numbers = factors.flatMap((data) => Array.from(data).filter((_, at) => form > 0 || at % (n + 1) === 0));
  const probabilities = entryProbabilities(input);
  const deviations = new Float64Array(n + target.rows).fill(1, 0, n).fill(Math.sqrt(labelNoiseVariance), n);
  if (form === 0 && probabilities.length === 1) deviations.set(numbers);
  const { threshold, alias } = aliasTable(probabilities);
  const aliases = kernel.allocate(alias.byteLength);
  kernel.integers(aliases, alias.length).set(alias);
  kernel.set({
    gaussians: gaussians.length,
    entries: probabilities.length,
    form,
    deviations: kernel.allocateNumbers(deviations, precision),
    factors: kernel.allocateNumbers(numbers, precision),
    stimuli: kernel.allocateNumbers(stimuli.data, precision),
    thresholds: kernel.allocateNumbers(threshold, 'f64'),
    aliases,
  });
}

export function placeTarget(kernel: KernelInstance, { target }: Model, precision: Precision): void {
  const { rows, cols, data } = target;
  const isIdentity = rows === cols && data.every((value, at) => value === (at % (cols + 1) === 0 ? 1 : 0));
  kernel.set({ mapped: isIdentity ? 0 : 1, target: kernel.allocateNumbers(data, precision) });
}
