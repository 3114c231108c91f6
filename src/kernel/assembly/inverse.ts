import { mul, splat, sub, vectors } from './algebra';

/**
 * Inverts the r x r matrices of a pair of replicas in place, as `invertInPlace` of src/linalg does it in each lane,
 * with its bits; `pivots` has room for r vectors. Returns whether neither is singular.
 */
export function invertPair(a: usize, r: i32, pivots: usize): bool {
  const row = vectors(r);
  const end = a + <usize>r * row;
  for (let k = 0; k < r; k++) {
    const pivotRow = a + <usize>k * row;
    const diagonal = pivotRow + vectors(k);
    if (!findPivots(diagonal, row, k, r, pivots + vectors(k))) return false;
    for (let lane: usize = 0; lane < 16; lane += 8) {
      const pivot = load<i64>(pivots + vectors(k) + lane);
      if (pivot != k) swap(pivotRow + lane, a + <usize>pivot * row + lane, r, 16);
    }
    const inverse = v128.div<f64>(splat(1), v128.load(diagonal));
    v128.store(diagonal, splat(1));
    for (let at = pivotRow; at < pivotRow + row; at += 16) v128.store(at, mul(v128.load(at), inverse));
    // Two rows at a time, without the pivot's.
    for (let first = k == 0 ? a + row : a; first < end; ) {
      let second = first + row;
      if (second == pivotRow) second += row;
      if (second < end) eliminateTwo(first, second, pivotRow, row, vectors(k));
      else eliminate(first, pivotRow, row, vectors(k));
      first = second + row;
      if (first == pivotRow) first += row;
    }
  }
  for (let k = r - 1; k >= 0; k--) {
    for (let lane: usize = 0; lane < 16; lane += 8) {
      const pivot = load<i64>(pivots + vectors(k) + lane);
      if (pivot != k) swap(a + vectors(k) + lane, a + (<usize>pivot << 4) + lane, r, row);
    }
  }
  return true;
}

/** Takes from a row the pivot's times its entry there, which is set to 0 before. */
@inline
function eliminate(start: usize, pivotRow: usize, row: usize, column: usize): void {
  const factor = v128.load(start + column);
  v128.store(start + column, splat(0));
  for (let j: usize = 0; j < row; j += 16) {
    v128.store(start + j, sub(v128.load(start + j), mul(factor, v128.load(pivotRow + j))));
  }
}

/** The same for two rows, which share what is loaded of the pivot's. */
@inline
function eliminateTwo(first: usize, second: usize, pivotRow: usize, row: usize, column: usize): void {
  const factor1 = v128.load(first + column);
  const factor2 = v128.load(second + column);
  v128.store(first + column, splat(0));
  v128.store(second + column, splat(0));
  let j: usize = 0;
  for (; j + 32 <= row; j += 32) {
    const left = v128.load(pivotRow + j);
    const right = v128.load(pivotRow + j, 16);
    v128.store(first + j, sub(v128.load(first + j), mul(factor1, left)));
    v128.store(first + j, sub(v128.load(first + j, 16), mul(factor1, right)), 16);
    v128.store(second + j, sub(v128.load(second + j), mul(factor2, left)));
    v128.store(second + j, sub(v128.load(second + j, 16), mul(factor2, right)), 16);
  }
  for (; j < row; j += 16) {
    const left = v128.load(pivotRow + j);
    v128.store(first + j, sub(v128.load(first + j), mul(factor1, left)));
    v128.store(second + j, sub(v128.load(second + j), mul(factor2, left)));
  }
}

/** Writes the row of the largest entry from the diagonal down, one for each lane. Returns whether both are above 0. */
@inline
function findPivots(diagonal: usize, row: usize, k: i32, r: i32, pivots: usize): bool {
  let largest = f64x2.abs(v128.load(diagonal));
  let pivot = i64x2.splat(k);
  let at = diagonal;
  for (let i = k + 1; i < r; i++) {
    at += row;
    const size = f64x2.abs(v128.load(at));
    const isLarger = f64x2.gt(size, largest);
    largest = v128.bitselect(size, largest, isLarger);
    pivot = v128.bitselect(i64x2.splat(i), pivot, isLarger);
  }
  v128.store(pivots, pivot);
  return i64x2.bitmask(f64x2.gt(largest, splat(0))) == 3;
}

/** Swaps `count` numbers, one every `step` bytes. */
function swap(a: usize, b: usize, count: i32, step: usize): void {
  for (const end = a + <usize>count * step; a < end; a += step) {
    const value = load<f64>(a);
    store<f64>(a, load<f64>(b));
    store<f64>(b, value);
    b += step;
  }
}
