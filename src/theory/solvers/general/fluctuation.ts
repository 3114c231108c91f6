import { apply, transpose, type Matrix } from '#linalg';
import type { Minimum } from '../../minimum/manifold.js';
import { relatedModes } from './gradient-noise.js';
import type { NormalMode } from './hessian.js';
import type { ModeCoordinates } from './mode-coordinates.js';

/**
 * Fluctuation of a stimulus, F(x) = E |X x|^2 = sum over hidden units of x^T Cov(X) x (activation^2), of order eta.
 * Returns the function x -> F(x), x in the original coordinates. O(r) for each pair of correlated
 * modes.
 */
export function fluctuation(
  min: Minimum,
  { inputs: n, outputs: m, singularValues }: ModeCoordinates,
  normal: readonly NormalMode[],
  covariance: Matrix,
): (x: ArrayLike<number>) => number {
  const rank = singularValues.length;
  const columns = n + m;
  const related = relatedModes(covariance);
  return (x) => {
    const rotated = apply(transpose(min.inputBasis), x);
    const count = normal.length;
    const moved = new Float64Array(count * rank);
    normal.forEach(({ indices, values }, i) => {
      indices.forEach((variable, k) => {
        const c = variable % columns;
        if (c < n) moved[i * rank + Math.floor(variable / columns)] += values[k] * rotated[c];
      });
    });
    let total = 0;
    related.forEach((modes, i) => {
      for (const j of modes) {
        let overlap = 0;
        for (let a = 0; a < rank; a++) overlap += moved[i * rank + a] * moved[j * rank + a];
        total += overlap * covariance.data[i * count + j];
      }
    });
    return total;
  };
}
