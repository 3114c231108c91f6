import type { Codes } from '../codes/codes.js';
import { classGram, type Activity, type Classes } from './class-gram.js';

/**
 * Overlaps of the new parts of two stimuli, (h_b - ρ h_a)_i.(h_b - ρ h_a)_j, i ≠ j, each replaced by the mean over all pairs of stimuli as
 * far apart: what drift that is alike in neighbouring stimuli, and has no other structure, would give. M x M, diagonal 0.
 * `weighted` is G_a with neurons weighted by ρ², `second` is G_b.
 */
export function smoothOverlaps(
  { stimuli: size, neurons, mean }: Codes,
  a: number,
  b: number,
  classes: Classes,
  ratios: Float64Array,
  weighted: Float64Array,
  second: Float64Array,
): Float64Array {
  const meansOf = (session: number): Activity => {
    const cells = size * neurons;
    return mean.subarray(session * cells, (session + 1) * cells);
  };
  // Symmetric part of sum ρ x̄_a x̄_b'.
  const across = classGram(meansOf(a), meansOf(b), size, classes).sum(ratios);
  const sums = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const at = i * size + j;
      sums[j - i] += second[at] + weighted[at] - 2 * across[at];
    }
  }
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const distance = Math.abs(i - j);
      if (distance > 0) result[i * size + j] = sums[distance] / (size - distance);
    }
  }
  return result;
}
