import { svd } from './decompose.js';
import { mirroredProduct, productInto } from './in-place-products.js';
import { invertInPlace } from './elimination/inverse.js';
import { multiply, transpose, type Matrix } from './matrix.js';
import { ratios, SymmetricSeries } from './symmetric-series.js';

/**
 * Orthogonal polar factor of a (m x n, m >= n): the matrix with orthonormal columns nearest to a,
 * u v^T of its SVD (orthogonal Procrustes).
 */
export function polarFactor(a: Matrix): Matrix {
  const { u, v } = svd(a);
  return multiply(u, transpose(v));
}

/** |E| (Frobenius) below which the series is used. */
const NEAR = 0.9;
/** (1 - x)^(-1/2); more terms would cost more than another pass. */
const INVERSE_ROOT = ratios(4, (k) => (2 * k - 1) / (2 * k));

/**
 * Replaces a (r x k, r <= k, of full rank) by its polar factor, the nearest matrix with orthonormal rows (a a^T)^(-1/2) a.
 *
 * With E = I - a a^T / c, c the mean square of the singular values: where |E| is below 1, the first five terms of
 * (I - E)^(-1/2) = I + E/2 + 3 E^2/8 + ... leave an E of order E^5; otherwise a square matrix takes a step of Newton's
 * iteration, a <- (g a + a^-T / g) / 2 with g = (|a^-1| / |a|)^(1/2) (Higham 1986; the change from inverses to products as
 * in Higham and Schreiber 1990).
 *
 * Returns false when a is singular, or neither square nor near: a is then unchanged, or replaced by a matrix with the same
 * polar factor. Allocates nothing. O(r^2 k) a pass; two or three passes where singular values differ by less than half.
 */
export class PolarIteration {
  readonly #error: Float64Array;
  readonly #work: Float64Array;
  readonly #pivots: Int32Array;
  readonly #inverseRoot: SymmetricSeries;

  constructor(
    private readonly rows: number,
    private readonly cols = rows,
  ) {
    this.#error = new Float64Array(rows * rows);
    this.#work = new Float64Array(rows * cols);
    this.#pivots = new Int32Array(rows);
    this.#inverseRoot = new SymmetricSeries(rows, INVERSE_ROOT);
  }

  apply(a: Float64Array): boolean {
    const { rows, cols } = this;
    const error = this.#error;
    for (let pass = 0; pass < 60; pass++) {
      const square = sumOfSquares(a) / rows;
      mirroredProduct(error, a, a, rows, cols, 1, -1 / square, 1);
      const distance = Math.sqrt(sumOfSquares(error));
      if (distance < NEAR) {
        productInto(this.#work, this.#inverseRoot.at(error, distance), a, rows, rows, cols);
        const scale = 1 / Math.sqrt(square);
        for (let i = 0; i < a.length; i++) a[i] = scale * this.#work[i];
        // The error of the series is then below rounding.
        if (distance < 5e-4) return true;
      } else if (rows < cols || !this.#step(a)) return false;
    }
    return false;
  }

  /** One step of Newton's iteration; false when a is singular. */
  #step(a: Float64Array): boolean {
    const r = this.rows;
    const inverse = this.#work;
    inverse.set(a);
    if (!invertInPlace(inverse, r, this.#pivots)) return false;
    const g = Math.sqrt(Math.sqrt(sumOfSquares(inverse) / sumOfSquares(a)));
    for (let i = 0; i < r; i++) {
      for (let j = 0; j < r; j++) a[i * r + j] = 0.5 * (g * a[i * r + j] + inverse[j * r + i] / g);
    }
    return true;
  }
}

function sumOfSquares(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * a[i];
  return sum;
}
