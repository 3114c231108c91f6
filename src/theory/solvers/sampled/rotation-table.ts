import { exp } from '#random';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';
import type { NoiseProduct } from './noise-products.js';

/** w_abc of the modes a and b and the column c, O(1) for each. */
type RotationWeights = (a: number, b: number, c: number) => number;

/**
 * How a displacement and a noise turn the frame: with products N (of the noise that left the displacement, a time t ago) and X,
 *   omega_ab = sum_c w_abc N_ac X_bc - w_bac N_bc X_ac,
 *   w_abc = -(2 eta^(3/2) / G_ab) sum_ij (x_i x_j + z_i z_j) mu_i / (mu_i + mu_j) exp(-mu_i t) f_i g_j,
 * i the modes of cell (a, c) with the coefficients f of the product N, j those of (b, c) with the coefficients g of X.
 */
export function rotationWeights(
  { columns, singularValues: s, learningRate }: CommutingModes,
  { counts, curvature, x, z }: ModeBlocks,
  decay: Float64Array,
  f: Float64Array,
  g: Float64Array,
): RotationWeights {
  const factors = f.map((value, at) => value * decay[at] * curvature[at]);
  const scale = -(learningRate ** 1.5);
  return (a, b, c) => {
    const [here, there] = [a * columns + c, b * columns + c];
    const [end, last] = [here * MAX_MODES + counts[here], there * MAX_MODES + counts[there]];
    let sum = 0;
    for (let at = here * MAX_MODES; at < end; at++) {
      const [factor, xOf, zOf, mu] = [factors[at], x[at], z[at], curvature[at]];
      for (let to = there * MAX_MODES; to < last; to++) {
        sum += (factor * (xOf * x[to] + zOf * z[to]) * g[to]) / (mu + curvature[to]);
      }
    }
    return (scale * sum) / (s[a] + s[b]);
  };
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
  const weight = rotationWeights(modes, blocks, decay, displaced.coefficients, noise.coefficients);
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
