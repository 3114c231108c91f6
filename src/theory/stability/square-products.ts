import { addWideProduct, zeros } from '#linalg';
import { stimulusBlocks, type InputDistribution } from '#model';

/** The fourth moments q_cy = E x~_c^2 x~_y^2 of an input in mode coordinates, over columns; 0 where there is no input. */
export interface SquareProducts {
  readonly at: (c: number, y: number) => number;
  /** sum_c v_c q_cy over the first columns, as many as v has, for the same y. */
  readonly image: (v: Float64Array) => Float64Array;
}

/** Those of a mixture of Gaussians along the axes and stimuli on the axes, as `reflectionSymmetric` describes it. O(W) for each image. */
export function axialSquareProducts(
  parts: readonly { readonly weight: number; readonly variance: Float64Array }[],
  quartic: Float64Array,
): SquareProducts {
  const own = quartic.map((value, c) =>
    parts.reduce((sum, { weight, variance }) => sum + 2 * weight * variance[c] ** 2, value),
  );
  return {
    at: (c, y) =>
      parts.reduce((sum, { weight, variance }) => sum + weight * variance[c] * variance[y], c === y ? own[c] : 0),
    image: (v) => {
      const result = v.map((value, c) => own[c] * value);
      for (const { weight, variance } of parts) {
        let total = 0;
        for (let c = 0; c < v.length; c++) total += v[c] * variance[c];
        for (let c = 0; c < v.length; c++) result[c] += weight * total * variance[c];
      }
      return result;
    },
  };
}

/** Those of any input. n^2 / 2 multiplications for each stimulus, n^2 for each image. */
export function squareProducts(input: InputDistribution): SquareProducts {
  const n = input.size;
  const table = zeros(n, n).data;
  for (const { count, columns, probabilities } of stimulusBlocks(input)) {
    const squares = columns.map((value) => value * value);
    const weighted = squares.map((value, at) => probabilities[at % count] * value);
    addWideProduct(table, squares, weighted, n, count, n, true);
  }
  for (const { weight, covariance } of input.gaussians) {
    const v = covariance.data;
    for (let c = 0; c < n; c++) {
      for (let y = 0; y <= c; y++) table[y * n + c] += weight * (v[c * n + c] * v[y * n + y] + 2 * v[c * n + y] ** 2);
    }
  }
  for (let c = 0; c < n; c++) for (let y = 0; y < c; y++) table[c * n + y] = table[y * n + c];
  return {
    at: (c, y) => (Math.max(c, y) < n ? table[c * n + y] : 0),
    image: (v) => {
      const result = new Float64Array(v.length);
      const count = Math.min(n, v.length);
      for (let c = 0; c < count; c++) {
        const factor = v[c];
        if (factor === 0) continue;
        for (let y = 0; y < count; y++) result[y] += factor * table[c * n + y];
      }
      return result;
    },
  };
}
