import { apply, dot, transpose, type Matrix } from '#linalg';
import type { Minimum } from '../../minimum/manifold.js';
import { relatedModes } from './gradient-noise.js';
import type { NormalMode } from './hessian.js';
import type { ModeCoordinates } from './mode-coordinates.js';

/** Functions of a stimulus x in the original coordinates. */
interface Fluctuation {
  /** F(x) = E |X x|^2 = sum over hidden units of x^T Cov(X) x (activation^2), of order eta. */
  readonly fluctuation: (x: ArrayLike<number>) => number;
  /** Cov(X x) u for a direction u (r numbers). */
  readonly fluctuationAlong: (x: ArrayLike<number>, direction: Float64Array) => Float64Array;
}

/** How a stimulus fluctuates. O(r) for each pair of correlated modes. */
export function fluctuation(
  min: Minimum,
  { inputs: n, outputs: m, singularValues }: ModeCoordinates,
  normal: readonly NormalMode[],
  covariance: Matrix,
): Fluctuation {
  const rank = singularValues.length;
  const columns = n + m;
  const count = normal.length;
  const related = relatedModes(covariance);
  /** X_i x for each mode, K x r. */
  const responses = (x: ArrayLike<number>): Float64Array => {
    const rotated = apply(transpose(min.inputBasis), x);
    const moved = new Float64Array(count * rank);
    normal.forEach(({ indices, values }, i) => {
      indices.forEach((variable, k) => {
        const c = variable % columns;
        if (c < n) moved[i * rank + Math.floor(variable / columns)] += values[k] * rotated[c];
      });
    });
    return moved;
  };
  return {
    fluctuation: (x) => {
      const moved = responses(x);
      let total = 0;
      related.forEach((modes, i) => {
        for (const j of modes) {
          let overlap = 0;
          for (let a = 0; a < rank; a++) overlap += moved[i * rank + a] * moved[j * rank + a];
          total += overlap * covariance.data[i * count + j];
        }
      });
      return total;
    },
    fluctuationAlong: (x, direction) => {
      const moved = responses(x);
      const along = Float64Array.from({ length: count }, (_, i) =>
        dot(moved.subarray(i * rank, (i + 1) * rank), direction),
      );
      const result = new Float64Array(rank);
      related.forEach((modes, i) => {
        let sum = 0;
        for (const j of modes) sum += covariance.data[i * count + j] * along[j];
        for (let a = 0; a < rank; a++) result[a] += moved[i * rank + a] * sum;
      });
      return result;
    },
  };
}
