import type { SampleSums } from '../sampling/sums.js';
import { addProducts } from './products.js';

/**
 * Adds the displacements d = h' - h of the representations since the sample before: the increments where no frame is
 * followed. `hidden` (K x k) is the next sample, `sums.hidden` the one before. O(K k).
 */
export function addDisplacement(sums: SampleSums, hidden: Float64Array, units: number, scratch: Float64Array): void {
  const { displacement, displacementSum, displacementSquare, displacementNeighbour } = sums;
  for (let i = 0; i < hidden.length; i++) {
    scratch[i] = hidden[i] - sums.hidden[i];
    displacementSum[i] += scratch[i];
  }
  addProducts(displacementSquare, scratch, scratch, units);
  addProducts(displacementNeighbour, displacement, scratch, units);
  displacement.set(scratch);
}
