import type { Codes } from '../codes/codes.js';
import type { Classes } from './class-gram.js';

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
  // sum_i ρ x̄_a,i x̄_b,j over pairs at a distance: by neuron, from both orders of the two stimuli.
  const sums = new Float64Array(size);
  classes.forEach((members, c) => {
    for (const n of members) {
      for (let distance = 1; distance < size; distance++) {
        let product = 0;
        for (let i = 0; i + distance < size; i++) {
          const j = i + distance;
          product +=
            mean[(a * size + i) * neurons + n] * mean[(b * size + j) * neurons + n] +
            mean[(a * size + j) * neurons + n] * mean[(b * size + i) * neurons + n];
        }
        sums[distance] -= ratios[c] * product;
      }
    }
  });
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) sums[j - i] += second[i * size + j] + weighted[i * size + j];
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const distance = Math.abs(i - j);
      if (distance > 0) result[i * size + j] = sums[distance] / (size - distance);
    }
  }
  return result;
}
