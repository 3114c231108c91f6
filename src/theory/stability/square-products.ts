import { addWideProduct, fromData, row, zeros, type Matrix } from '#linalg';
import { stimulusBlocks, type InputDistribution } from '#model';

/** The fourth moments q_cy = E x~_c^2 x~_y^2 of an input in mode coordinates, over columns; 0 where there is no input. */
export interface SquareProducts {
  readonly at: (c: number, y: number) => number;
  /** sum_c v_c q_cy for each row of v, over the first columns, as many as v has, for the same y. */
  readonly images: (v: Matrix) => Matrix;
}

/** Those of a mixture of Gaussians along the axes and stimuli on the axes, as `reflectionSymmetric` describes it. O(W) for each row. */
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
    images: ({ rows, cols, data: v }) => {
      const result = v.map((value, at) => own[at % cols] * value);
      for (let from = 0; from < v.length; from += cols) {
        for (const { weight, variance } of parts) {
          let total = 0;
          for (let c = 0; c < cols; c++) total += v[from + c] * variance[c];
          for (let c = 0; c < cols; c++) result[from + c] += weight * total * variance[c];
        }
      }
      return fromData(rows, cols, result);
    },
  };
}

/** Those of any input. n^2 / 2 multiplications for each stimulus, n^2 for each row of `images`. */
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
    images: (v) => {
      const count = Math.min(n, v.cols);
      const result = zeros(v.rows, count);
      addWideProduct(
        result.data,
        resized(v, v.rows, count).data,
        resized(fromData(n, n, table), count, count).data,
        v.rows,
        count,
        count,
      );
      return resized(result, v.rows, v.cols);
    },
  };
}

/** The first rows and columns, with zeros where there are none. */
function resized(a: Matrix, rows: number, cols: number): Matrix {
  if (a.rows === rows && a.cols === cols) return a;
  const result = zeros(rows, cols);
  for (let i = 0; i < Math.min(rows, a.rows); i++) result.data.set(row(a, i).subarray(0, cols), i * cols);
  return result;
}
