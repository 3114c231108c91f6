import { incrementLaw, type WorkingLaw } from '#measure';
import { apply, identity, inner, solveOrNull, zeros, type Matrix } from '#linalg';
import type { PairSums } from '../pairs/pair-sums.js';

/** T of every two of the chosen sessions, noise removed, S x S with 0 on the diagonal; without a block of neurons or with all (-1). */
export function displacementMatrix(sums: PairSums, sessions: number, without: number): Matrix {
  const result = zeros(sessions, sessions);
  sums.pairs.forEach(({ sessions: [a, b] }, p) => {
    result.data[a * sessions + b] = result.data[b * sessions + a] = sums.displacement(p, without);
  });
  return result;
}

/** `displacementMatrix` of a choice of blocks, each made once. */
export function jackknifeMatrices(sums: PairSums, sessions: number): (without: number) => Matrix {
  const kept = new Map<number, Matrix>();
  return (without) => {
    let own = kept.get(without);
    if (!own) kept.set(without, (own = displacementMatrix(sums, sessions, without)));
    return own;
  };
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

interface MatrixFit {
  readonly diffusion: number;
  readonly fluctuation: number;
  readonly jump: number;
}

/**
 * D, F, |v|² where `directed`, and the extra squared displacement J of one step (where one is named) from T alone, by the weighted products of
 * increments. NaN where they cannot be told.
 */
export function matrixFit(
  times: readonly number[],
  working: WorkingLaw | null,
  directed: boolean,
  jumpBefore: number | null = null,
): (matrix: Matrix) => MatrixFit {
  const law = incrementLaw(times, working, directed);
  const known = law.forms.length;
  const size = times.length - 1;
  const unknowns = jumpBefore === null ? known : known + 1;
  const information = zeros(unknowns, unknowns);
  for (let a = 0; a < known; a++) {
    for (let b = 0; b < known; b++) information.data[a * unknowns + b] = law.information.data[a * known + b];
  }
  const step = jumpBefore === null ? 0 : (jumpBefore - 1) * (size + 1);
  if (jumpBefore !== null) {
    // One more structure, e e' of the step: its form, without weights, is the one entry of the products.
    for (let a = 0; a < known; a++) information.data[a * unknowns + known] = law.forms[a].data[step];
    const gap = times[jumpBefore] - times[jumpBefore - 1];
    information.data.set([gap, 2, ...(directed ? [gap * gap] : []), 1], known * unknowns);
  }
  const inverse = solveOrNull(information, identity(unknowns));
  return (matrix) => {
    const products = incrementProducts(matrix);
    const q = law.forms.map((form) => inner(form, products));
    if (jumpBefore !== null) q.push(products.data[step]);
    const found = inverse ? apply(inverse, q) : new Float64Array(unknowns).fill(NaN);
    return { diffusion: found[0], fluctuation: found[1], jump: jumpBefore === null ? NaN : found[known] };
  };
}
