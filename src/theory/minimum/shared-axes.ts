import {
  apply,
  column,
  isDiagonal,
  largeSymmetricEigen,
  maxAbs,
  multiply,
  sliceCols,
  symmetricEigen,
  transpose,
  wideProduct,
  type Matrix,
} from '#linalg';
import { basisOf, type UnitVector } from './unit-vector.js';

/** One axis shared by task and input: A v = gain u, Sigma v = variance v; u is null where A v = 0. */
export interface SharedAxis {
  readonly gain: number;
  readonly variance: number;
  readonly v: UnitVector;
  readonly u: UnitVector | null;
}

/** Inputs from which on the method is taken that reads matrices in the order in which they are stored. */
const LARGE = 512;

/** A gain below this fraction of the largest entry of the task counts as zero. */
const NO_GAIN = 1e-12;

/**
 * The common axes of A^T A and Sigma (n of them), or null when the two do not commute. Inside a degenerate eigenspace of
 * Sigma the axes are those of A^T A. O(n^3) time and O(n^2) memory; O(n m) and O(n) where they are the coordinate axes:
 * Sigma diagonal, and at most one entry in each row and column of A.
 */
export function sharedAxes(target: Matrix, sigma: Matrix): SharedAxis[] | null {
  return coordinateAxes(target, sigma) ?? principalAxes(target, sigma);
}

function coordinateAxes(target: Matrix, sigma: Matrix): SharedAxis[] | null {
  const n = sigma.rows;
  if (!isDiagonal(sigma)) return null;
  const image = new Int32Array(n).fill(-1);
  const taken = new Uint8Array(target.rows);
  for (let i = 0; i < target.rows; i++) {
    for (let j = 0; j < n; j++) {
      if (target.data[i * n + j] === 0) continue;
      if (image[j] >= 0 || taken[i]) return null;
      image[j] = i;
      taken[i] = 1;
    }
  }
  const least = NO_GAIN * maxAbs(target);
  return Array.from(image, (i, j) => {
    const entry = i < 0 ? 0 : target.data[i * n + j];
    const gain = Math.abs(entry);
    return {
      gain,
      variance: Math.max(sigma.data[j * n + j], 0),
      v: { axis: j, sign: 1 },
      u: gain > least ? { axis: i, sign: Math.sign(entry) } : null,
    };
  });
}

function principalAxes(target: Matrix, sigma: Matrix): SharedAxis[] | null {
  const n = sigma.rows;
  const gram = wideProduct(transpose(target), target);
  const gains =
    isDiagonal(target) && target.rows === n ? column(target, 0).map((_, i) => target.data[i * (n + 1)]) : null;
  const { values, vectors } = (n >= LARGE ? largeSymmetricEigen : symmetricEigen)(sigma);
  const largest = Math.max(values[n - 1], 0);
  const least = NO_GAIN * maxAbs(target);
  const axes: SharedAxis[] = [];
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && values[to] - values[to - 1] <= 1e-10 * largest) to++;
    const eigenspace = sliceCols(vectors, from, to);
    const basis = to - from > 1 ? multiply(eigenspace, axesWithin(eigenspace, gram)) : eigenspace;
    for (let k = 0; k < basis.cols; k++) {
      const v = column(basis, k);
      const image = gains ? v.map((value, i) => gains[i] * value) : apply(target, v);
      const gain = Math.hypot(...image);
      const variance = Math.max(values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from), 0);
      axes.push({ gain, variance, v, u: gain > least ? image.map((value) => value / gain) : null });
    }
    from = to;
  }
  return commute(gram, basisOf(axes, n)) ? axes : null;
}

const axesWithin = (eigenspace: Matrix, gram: Matrix): Matrix =>
  symmetricEigen(multiply(transpose(eigenspace), gram, eigenspace)).vectors;

/** Whether the matrix is diagonal in the basis, up to rounding. */
function commute(gram: Matrix, basis: Matrix): boolean {
  const n = gram.rows;
  if (isDiagonal(gram) && gram.data.every((value, at) => at % (n + 1) !== 0 || value === gram.data[0])) return true;
  const off = wideProduct(wideProduct(transpose(basis), gram), basis);
  for (let i = 0; i < n; i++) off.data[i * n + i] = 0;
  return maxAbs(off) <= 1e-11 * maxAbs(gram);
}
