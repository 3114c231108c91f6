import { exp } from '#random';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';
import type { NoiseProduct } from './noise-products.js';

/**
 * How a displacement and a noise turn the frame: with products N (of the noise that left the displacement, a time t ago) and X,
 *   omega_ab = sum_c w_abc N_ac X_bc - w_bac N_bc X_ac,
 *   w_abc = -(2 eta^(3/2) / G_ab) sum_ij (x_i x_j + z_i z_j) mu_i / (mu_i + mu_j) exp(-mu_i t) f_i g_j,
 * i the modes of cell (a, c) with the coefficients f of the product N, j those of (b, c) with the coefficients g of X.
 */
export function rotationWeight(
  { columns, singularValues: s, learningRate }: CommutingModes,
  { counts, curvature, x, z }: ModeBlocks,
  decay: Float64Array,
  f: Float64Array,
  g: Float64Array,
  a: number,
  b: number,
  c: number,
): number {
  const [here, there] = [a * columns + c, b * columns + c];
  let sum = 0;
  for (let i = 0, at = here * MAX_MODES; i < counts[here]; i++, at++) {
    const factor = f[at] * decay[at] * curvature[at];
    for (let j = 0, to = there * MAX_MODES; j < counts[there]; j++, to++) {
      sum += (factor * (x[at] * x[to] + z[at] * z[to]) * g[to]) / (curvature[at] + curvature[to]);
    }
  }
  return (-(learningRate ** 1.5) * sum) / (s[a] + s[b]);
}

/** exp(-mu t) of every mode. */
export const decayOf = ({ curvature }: ModeBlocks, time: number): Float64Array =>
  curvature.map((mu) => exp(-mu * time));

/** w of two products at the learned columns and at those of a skeleton, for one time. */
interface RotationTable {
  /** For each plane a < b: w_abc and -w_bac, c < r; P x 2 r. */
  readonly learned: Float64Array;
  /** The same at the columns of the skeleton, P x 2 p. */
  readonly others: Float64Array;
}

/** O(r^2 (r + p)). */
export function rotationTable(
  modes: CommutingModes,
  blocks: ModeBlocks,
  decay: Float64Array,
  displaced: NoiseProduct,
  noise: NoiseProduct,
  skeleton: Int32Array,
): RotationTable {
  const { rank } = modes;
  const planes = (rank * (rank - 1)) / 2;
  const learned = new Float64Array(planes * 2 * rank);
  const others = new Float64Array(planes * 2 * skeleton.length);
  const weight = (a: number, b: number, c: number): number =>
    rotationWeight(modes, blocks, decay, displaced.coefficients, noise.coefficients, a, b, c);
  let [at, to] = [0, 0];
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++) {
      for (let c = 0; c < rank; c++, at++) learned[at] = weight(a, b, c);
      for (let c = 0; c < rank; c++, at++) learned[at] = -weight(b, a, c);
      for (const c of skeleton) others[to++] = weight(a, b, c);
      for (const c of skeleton) others[to++] = -weight(b, a, c);
    }
  }
  return { learned, others };
}
