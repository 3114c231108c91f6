import { mirroredProduct } from './in-place-products.js';
import { ratios, SymmetricSeries } from './symmetric-series.js';

/** theta / sin(theta) in 1 - cos(theta). */
const ANGLE_BY_SINE = ratios(60, (k) => k / (2 * k + 1));

/** Frobenius distance from I below which every angle is under 0.36 rad, where the series converges fast. */
export const SMALL_ROTATION = 0.5;

/**
 * Logarithm of a small rotation (every angle under 0.36 rad) from its sines S = (R - R^T)/2 and versines
 * V = I - (R + R^T)/2, which commute: omega = S (I + V/3 + 2 V^2/15 + ...), the series of theta / sin(theta) in
 * 1 - cos(theta). See `logRotation` for other rotations. Returns false when the rotation is not small.
 */
export class SmallRotationLogarithm {
  readonly #sine: Float64Array;
  readonly #versine: Float64Array;
  readonly #ratio: SymmetricSeries;

  constructor(private readonly size: number) {
    this.#sine = new Float64Array(size * size);
    this.#versine = new Float64Array(size * size);
    this.#ratio = new SymmetricSeries(size, ANGLE_BY_SINE);
  }

  apply(rotation: Float64Array, omega: Float64Array): boolean {
    const r = this.size;
    const sine = this.#sine;
    const versine = this.#versine;
    let trace = 0;
    for (let i = 0; i < r; i++) {
      versine[i * r + i] = 1 - rotation[i * r + i];
      trace += versine[i * r + i];
      for (let j = 0; j < i; j++) {
        const below = rotation[i * r + j];
        const above = rotation[j * r + i];
        sine[i * r + j] = 0.5 * (below - above);
        sine[j * r + i] = 0.5 * (above - below);
        versine[i * r + j] = versine[j * r + i] = -0.5 * (below + above);
      }
    }
    // |R - I|^2 = 2 tr V; and |V| is at most tr V, V having no negative eigenvalues.
    if (!(2 * trace < SMALL_ROTATION * SMALL_ROTATION)) return false;
    mirroredProduct(omega, sine, this.#ratio.at(versine, trace), r, r, -1);
    return true;
  }
}
