import { column, dot, zeros, type Matrix } from './matrix.js';

/**
 * Extends (or keeps) orthonormal columns to `count` orthonormal columns by Gram-Schmidt on the coordinate axes.
 * Columns of zero norm, as in the SVD of a matrix of deficient rank, are replaced.
 */
export function completeColumns(a: Matrix, count: number): Matrix {
  const columns: Float64Array[] = [];
  const missing: number[] = [];
  for (let j = 0; j < count; j++) {
    const candidate = j < a.cols ? column(a, j) : new Float64Array(a.rows);
    if (Math.abs(dot(candidate, candidate) - 1) < 1e-8) columns[j] = candidate;
    else missing.push(j);
  }
  let axis = 0;
  for (const j of missing) {
    let best: Float64Array | null = null;
    const known = columns.filter((values) => (values as Float64Array | undefined) !== undefined);
    while (best === null) {
      if (axis >= a.rows) throw new RangeError(`there are no ${count} orthonormal columns of ${a.rows} numbers`);
      const candidate = new Float64Array(a.rows);
      candidate[axis++] = 1;
      // Twice is enough (Kahan): the second pass removes the rounding of the first.
      for (let pass = 0; pass < 2; pass++) {
        for (const direction of known) {
          const overlap = dot(direction, candidate);
          for (let i = 0; i < a.rows; i++) candidate[i] -= overlap * direction[i];
        }
      }
      const length = Math.sqrt(dot(candidate, candidate));
      if (length > 1e-2 / Math.sqrt(a.rows)) best = candidate.map((value) => value / length);
    }
    columns[j] = best;
  }
  const result = zeros(a.rows, count);
  columns.forEach((values, j) => {
    for (let i = 0; i < a.rows; i++) result.data[i * count + j] = values[i];
  });
  return result;
}
