import { dot } from '#linalg';
import { cellCovariance } from '../commuting/gradient-noise.js';
import type { ModeBlocks } from '../commuting/hessian-blocks.js';
import { modesOf, type CommutingModes } from '../commuting/modes.js';

/**
 * F(x) = sum_c Phi_cc x~_c^2 (activation^2), x in the original coordinates: different blocks are uncorrelated, so that Phi is
 * diagonal. O(r n) once.
 */
export function independentFluctuation(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
): (x: ArrayLike<number>) => number {
  const { rank, columns, inputs: n, learningRate } = modes;
  const diagonal = new Float64Array(n);
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < n; c++) {
      const cell = a * columns + c;
      diagonal[c] += cellCovariance(learningRate, blocks, noise, cell, blocks.x, cell, blocks.x, cell);
    }
  }
  return (x) =>
    dot(
      diagonal,
      modesOf(modes, x).map((value) => value * value),
    );
}
