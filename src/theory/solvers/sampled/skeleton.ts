import { dot } from '#linalg';

/**
 * Columns that stand for all: every function f of a column among those given has f(c) = sum_p weight_p(c) f(columns_p), to the
 * tolerance.
 */
export interface Skeleton {
  readonly columns: Int32Array;
  /** columns.length x count, for the columns from `first` on. */
  readonly weights: Float64Array;
  readonly first: number;
  readonly count: number;
}

/**
 * The skeleton of the functions in `rows` (values at the columns from `first` on), to `tolerance` beside the largest value of each:
 * orthogonalisation of the columns, the one with the largest remainder next. O(rows count) for each column of the skeleton.
 */
export function skeletonOf(rows: readonly Float64Array[], first: number, count: number, tolerance: number): Skeleton {
  const functions = rows.flatMap((row) => {
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return largest > 0 ? [row.map((value) => value / largest)] : [];
  });
  const rest = Array.from({ length: count }, (_, c) => Float64Array.from(functions, (row) => row[c]));
  const chosen: number[] = [];
  /** Of each chosen direction, what every column has of it. */
  const shares: Float64Array[] = [];
  while (chosen.length < count) {
    const next = largestOf(rest);
    const norm = Math.sqrt(dot(rest[next], rest[next]));
    if (!(norm > tolerance * Math.sqrt(functions.length))) break;
    const direction = rest[next].map((value) => value / norm);
    const share = new Float64Array(count);
    rest.forEach((column, c) => {
      const along = dot(column, direction);
      share[c] = along;
      for (let i = 0; i < column.length; i++) column[i] -= along * direction[i];
    });
    rest[next].fill(0);
    chosen.push(next);
    shares.push(share);
  }
  return {
    columns: Int32Array.from(chosen, (c) => first + c),
    weights: weightsOf(chosen, shares, count),
    first,
    count,
  };
}

function largestOf(columns: readonly Float64Array[]): number {
  let [best, most] = [0, -1];
  columns.forEach((column, c) => {
    const square = dot(column, column);
    if (square > most) [best, most] = [c, square];
  });
  return best;
}

/** Solves the triangular system that the chosen columns have in their own directions, for the shares of all columns. */
function weightsOf(chosen: readonly number[], shares: readonly Float64Array[], count: number): Float64Array {
  const size = chosen.length;
  const weights = new Float64Array(size * count);
  for (let p = size - 1; p >= 0; p--) {
    const own = shares[p][chosen[p]];
    for (let c = 0; c < count; c++) {
      let value = shares[p][c];
      for (let q = p + 1; q < size; q++) value -= shares[p][chosen[q]] * weights[q * count + c];
      weights[p * count + c] = value / own;
    }
  }
  return weights;
}
