import { aliasTable, entryProbabilities, type InputDistribution } from '#model';
import type { KernelInstance } from './instance.js';
import type { Precision } from './precision.js';

interface PlacedFactors {
  /** Whether all factors are diagonal: then their diagonals are placed. */
  readonly isDiagonal: boolean;
  /** The numbers of the factors of all Gaussian parts, as they are placed. */
  readonly factors: readonly number[];
}

/** Lays out Gaussian parts, stimuli and probabilities as assembly/parameters.ts describes them. */
export function placeDistribution(
  kernel: KernelInstance,
  input: InputDistribution,
  precision: Precision,
): PlacedFactors {
  const { gaussians, stimuli, size: n } = input;
  const factors = gaussians.map(({ factor }) => factor.data);
  const isZeroWhere = (isBlank: (i: number, j: number) => boolean): boolean =>
    factors.every((data) => data.every((value, at) => value === 0 || !isBlank(Math.floor(at / n), at % n)));
  const isDiagonal = isZeroWhere((i, j) => i !== j);
  const isLower = isZeroWhere((i, j) => j > i);
  const form = isDiagonal ? 0 : isLower ? 1 : 2;
  const numbers = factors.flatMap((data) => Array.from(data).filter((_, at) => form > 0 || at % (n + 1) === 0));
  const probabilities = entryProbabilities(input);
  const { threshold, alias } = aliasTable(probabilities);
  const aliases = kernel.allocate(alias.byteLength);
  kernel.integers(aliases, alias.length).set(alias);
  kernel.set({
    gaussians: gaussians.length,
    entries: probabilities.length,
    form,
    factors: kernel.allocateNumbers(numbers, precision),
    stimuli: kernel.allocateNumbers(stimuli.data, precision),
    thresholds: kernel.allocateNumbers(threshold, 'f64'),
    aliases,
  });
  return { isDiagonal, factors: numbers };
}
