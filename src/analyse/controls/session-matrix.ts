import { incrementLaw, type WorkingLaw } from '#measure';
import { fromData, inner, solveOrNull, type Matrix, zeros } from '#linalg';
import type { PairSums } from '../pairs/pair-sums.js';

/** T of every two of the chosen sessions, noise removed, S x S with 0 on the diagonal; without a block of neurons or with all (-1). */
export function displacementMatrix(sums: PairSums, sessions: number, without: number): Matrix {
  const result = zeros(sessions, sessions);
  sums.pairs.forEach(({ sessions: [a, b] }, p) => {
    result.data[a * sessions + b] = result.data[b * sessions + a] = sums.displacement(p, without);
  });
  return result;
}

/** The rows and columns of chosen sessions, in their order. */
export function chosen(matrix: Matrix, order: readonly number[]): Matrix {
  const result = zeros(order.length, order.length);
  order.forEach((a, i) => {
    order.forEach((b, j) => (result.data[i * order.length + j] = matrix.data[a * matrix.cols + b]));
  });
  return result;
}

/** Products of increments, d_j.d_k = (T(j+1, k) + T(j, k+1) - T(j+1, k+1) - T(j, k))/2. */
function incrementProducts({ rows, data }: Matrix): Matrix {
  const size = rows - 1;
  const result = zeros(size, size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) {
      result.data[j * size + k] =
        (data[(j + 1) * rows + k] + data[j * rows + k + 1] - data[(j + 1) * rows + k + 1] - data[j * rows + k]) / 2;
    }
  }
  return result;
}

/**
 * D, F and the extra squared displacement J of one step (where one is named) from T alone, by the weighted products of increments.
 * NaN where they cannot be told.
 */
export function fitMatrix(
  matrix: Matrix,
  times: readonly number[],
  working: WorkingLaw | null,
  jumpBefore: number | null = null,
): { readonly diffusion: number; readonly fluctuation: number; readonly jump: number } {
  const law = incrementLaw(times, working, false);
  const products = incrementProducts(matrix);
  const structures = [...law.forms];
  const q = structures.map((form) => inner(form, products));
  if (jumpBefore === null) {
    const solved = solveOrNull(law.information, fromData(2, 1, Float64Array.from(q)));
    return { diffusion: solved?.data[0] ?? NaN, fluctuation: solved?.data[1] ?? NaN, jump: NaN };
  }
  // One more structure, e e' of the step: without weights, its form has the one entry of the products.
  const size = times.length - 1;
  const step = (jumpBefore - 1) * (size + 1);
  const information = zeros(3, 3);
  for (let a = 0; a < 2; a++) {
    for (let b = 0; b < 2; b++) information.data[a * 3 + b] = law.information.data[a * 2 + b];
    information.data[a * 3 + 2] = law.forms[a].data[step];
  }
  const gap = times[jumpBefore] - times[jumpBefore - 1];
  [gap, 2, 1].forEach((value, b) => (information.data[6 + b] = value));
  const solved = solveOrNull(information, fromData(3, 1, Float64Array.from([...q, products.data[step]])));
  return { diffusion: solved?.data[0] ?? NaN, fluctuation: solved?.data[1] ?? NaN, jump: solved?.data[2] ?? NaN };
}
