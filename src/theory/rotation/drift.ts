import { zeros, type Matrix } from '#linalg';
import { relatedModes } from '../solvers/general/gradient-noise.js';
import { diffusionOf, turned, type RotationCovariance } from './covariance.js';
import { planes, type Plane } from './planes.js';
import type { ModeCoordinates, NormalMode } from '../solvers/general/hessian.js';

/** A sparse K x K matrix as a list of entries. */
interface Sparse {
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  readonly values: Float64Array;
}

/** The slow motion of the frame: Q -> Q exp(omega) each step, omega in the body frame. */
export interface Drift {
  readonly planes: readonly Plane[];
  /** Cov(omega_ab, omega_cd) per step (rad^2), order eta^3, in the form that its path makes. */
  readonly diffusion: RotationCovariance;
  /** E omega_ab per step, P (rad), order eta^2. */
  readonly velocity: Float64Array;
}

/**
 * Rotation diffusion tensor and directed velocity. With G_ab = 2 (s_a + s_b), T^ab the matrix of Theta -> Omega_ab Theta in
 * the normal eigenbasis and M^ab_ij = 2 T_ij mu_i / (mu_i + mu_j):
 *   Cov(omega_ab, omega_cd) = eta^2 / (G_ab G_cd) sum M^ab_ij M^cd_kl Sigma_N,ik C_jl,
 *   E omega_ab = (1 / G_ab) (eta^2 / 2) sum T_ij C_ij (mu_i - mu_j) / (mu_i + mu_j)   (beyond the paper).
 * T is sparse where the Hessian splits into blocks, so the tensor costs the pairs of its entries that Sigma_N relates (all
 * pairs for real data, a few each for Gaussian input) or P K^3, whichever is less.
 */
export function drift(
  learningRate: number,
  modes: ModeCoordinates,
  normal: readonly NormalMode[],
  noise: Matrix,
  covariance: Matrix,
): Drift {
  const s = modes.singularValues;
  const turns = planes(s.length);
  const generators = rotationGenerators(turns, modes, normal);
  const metric = turns.map(({ a, b }) => 2 * (s[a] + s[b]));
  const mu = normal.map(({ curvature }) => curvature);
  const count = normal.length;

  const velocity = Float64Array.from(generators, ({ rows, cols, values }, plane) => {
    let sum = 0;
    for (let k = 0; k < values.length; k++) {
      const i = rows[k];
      const j = cols[k];
      sum += (values[k] * noise.data[i * count + j] * (mu[i] - mu[j])) / (mu[i] + mu[j]);
    }
    return (learningRate * learningRate * sum) / (2 * metric[plane]);
  });

  const weighted = generators.map(({ rows, cols, values }) => ({
    rows,
    cols,
    values: values.map((value, k) => (2 * value * mu[rows[k]]) / (mu[rows[k]] + mu[cols[k]])),
  }));
  const diffusion = contract(weighted, covariance, noise);
  const size = turns.length;
  for (let p = 0; p < size; p++) {
    for (let q = 0; q < size; q++) diffusion.data[p * size + q] *= learningRate ** 2 / (metric[p] * metric[q]);
  }
  return { planes: turns, diffusion: { kind: 'dense', matrix: diffusion }, velocity };
}

/** T^ab_ij = e_i . (Omega_ab e_j) = sum over columns of e_i[a] e_j[b] - e_i[b] e_j[a], antisymmetric, for every plane. */
function rotationGenerators(turns: readonly Plane[], modes: ModeCoordinates, normal: readonly NormalMode[]): Sparse[] {
  const columns = modes.inputs + modes.outputs;
  const touching: { mode: number; value: number }[][] = Array.from(
    { length: modes.singularValues.length * columns },
    () => [],
  );
  normal.forEach(({ indices, values }, mode) => {
    indices.forEach((variable, k) => {
      if (values[k] !== 0) touching[variable].push({ mode, value: values[k] });
    });
  });
  const count = normal.length;
  return turns.map(({ a, b }) => {
    const sums = new Map<number, number>();
    for (let c = 0; c < columns; c++) {
      for (const left of touching[a * columns + c]) {
        for (const right of touching[b * columns + c]) {
          const value = left.value * right.value;
          const forward = left.mode * count + right.mode;
          const backward = right.mode * count + left.mode;
          sums.set(forward, (sums.get(forward) ?? 0) + value);
          sums.set(backward, (sums.get(backward) ?? 0) - value);
        }
      }
    }
    const keys = Float64Array.from(sums.keys()).sort();
    return {
      rows: Int32Array.from(keys, (key) => Math.floor(key / count)),
      cols: Int32Array.from(keys, (key) => key % count),
      values: Float64Array.from(keys, (key) => sums.get(key) ?? 0),
    };
  });
}

/** All sums over ij, kl of M^p_ij S_ik M^q_kl C_jl, P x P. */
function contract(matrices: readonly Sparse[], s: Matrix, c: Matrix): Matrix {
  const count = s.rows;
  const rows = entriesByRow(matrices, count);
  const related = relatedModes(s);
  const pairs = matrices.reduce(
    (sum, { rows: is }) =>
      is.reduce((total, i) => total + related[i].reduce((n, k) => n + rows[k].planes.length, 0), sum),
    0,
  );
  const products = matrices.length * count ** 3;
  const result = pairs / 2 < products ? byPairs(matrices, rows, related, s, c) : byProducts(matrices, s, c);
  const size = matrices.length;
  for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) result.data[p * size + q] = result.data[q * size + p];
  return result;
}

/** The entries (k, l) of all planes' matrices in row k, ascending by plane. */
interface RowEntries {
  readonly planes: number[];
  readonly cols: number[];
  readonly values: number[];
}

function entriesByRow(matrices: readonly Sparse[], count: number): RowEntries[] {
  const result = Array.from({ length: count }, (): RowEntries => ({ planes: [], cols: [], values: [] }));
  matrices.forEach(({ rows, cols, values }, plane) => {
    rows.forEach((k, at) => {
      result[k].planes.push(plane);
      result[k].cols.push(cols[at]);
      result[k].values.push(values[at]);
    });
  });
  return result;
}

/** The upper triangle, entry by entry: cost is the number of pairs of entries that Sigma_N relates. */
function byPairs(
  matrices: readonly Sparse[],
  rows: readonly RowEntries[],
  related: readonly Int32Array[],
  s: Matrix,
  c: Matrix,
) {
  const size = matrices.length;
  const count = s.rows;
  const result = zeros(size, size);
  // Planes below p are done: each row keeps the place of its first entry that still counts.
  const first = new Int32Array(count);
  matrices.forEach((left, p) => {
    rows.forEach(({ planes: all }, k) => {
      while (first[k] < all.length && all[first[k]] < p) first[k]++;
    });
    left.values.forEach((value, at) => {
      const i = left.rows[at] * count;
      const j = left.cols[at] * count;
      for (const k of related[left.rows[at]]) {
        const factor = value * s.data[i + k];
        const { planes: all, cols, values } = rows[k];
        for (let e = first[k]; e < all.length; e++) {
          result.data[p * size + all[e]] += factor * values[e] * c.data[j + cols[e]];
        }
      }
    });
  });
  return result;
}

/** The upper triangle by dense products S M^q C: for general tasks, where every mode meets every other. */
function byProducts(matrices: readonly Sparse[], s: Matrix, c: Matrix): Matrix {
  const size = matrices.length;
  const result = zeros(size, size);
  matrices.forEach((right, q) => {
    const value = sandwich(right, s, c);
    for (let p = 0; p <= q; p++) result.data[p * size + q] = value(matrices[p]);
  });
  return result;
}

function sandwich(right: Sparse, s: Matrix, c: Matrix): (left: Sparse) => number {
  const count = s.rows;
  const half = zeros(count, count);
  for (let l = 0; l < right.values.length; l++) {
    const k = right.rows[l];
    const j = right.cols[l] * count;
    for (let i = 0; i < count; i++) half.data[j + i] += right.values[l] * s.data[k * count + i];
  }
  // half is (S M)^T; y = C half = (S M C)^T because C is symmetric.
  const y = zeros(count, count);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < count; k++) {
      const factor = c.data[i * count + k];
      if (factor === 0) continue;
      for (let j = 0; j < count; j++) y.data[i * count + j] += factor * half.data[k * count + j];
    }
  }
  return (left) => {
    let total = 0;
    for (let k = 0; k < left.values.length; k++) {
      total += left.values[k] * y.data[left.cols[k] * count + left.rows[k]];
    }
    return total;
  };
}

/**
 * D(x) = sum Cov(omega_ab, omega_cd) (Omega_ab c).(Omega_cd c), the mean squared displacement per step of the
 * representation c on the manifold (activation^2 per step), directed part not included. Cost: `diffusionOf`.
 */
export function diffusionCoefficient({ diffusion }: Drift, c: ArrayLike<number>): number {
  return diffusionOf(diffusion, c).value;
}

/** sum v_ab Omega_ab c: mean motion of the representation c (r numbers, activation per step). */
export function directedMotion({ velocity }: Drift, c: ArrayLike<number>): Float64Array {
  return turned(velocity, c);
}
