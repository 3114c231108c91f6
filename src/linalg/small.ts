// Allocation-free products and factors of small square matrices (row-major Float64Array), for code that runs at every
// sample of every replica. `out` must not be one of the operands.

/**
 * Writes sum_l a_il b_jl to entry (i, j) of out (r x c), l < k, or adds it; a_il = a[startA + i rowA + l stepA] and
 * b_jl = b[j rowB + l stepB]. With `upper`, entries below the diagonal are not to be relied on, and half the work is saved.
 *
 * Two rows by two columns at a time: four sums that do not wait for each other, and every number read serves two of them.
 * Where a row or column is left over it is its own partner, and the same sums are written twice.
 */
function sumProducts(
  out: Float64Array,
  a: Float64Array,
  startA: number,
  rowA: number,
  stepA: number,
  b: Float64Array,
  rowB: number,
  stepB: number,
  r: number,
  k: number,
  c: number,
  adding: boolean,
  upper: boolean,
): void {
  for (let i = 0; i < r; i += 2) {
    const i2 = Math.min(i + 1, r - 1);
    for (let j = upper ? i : 0; j < c; j += 2) {
      const j2 = Math.min(j + 1, c - 1);
      let s11 = adding ? out[i * c + j] : 0;
      let s12 = adding ? out[i * c + j2] : 0;
      let s21 = adding ? out[i2 * c + j] : 0;
      let s22 = adding ? out[i2 * c + j2] : 0;
      for (let l = 0; l < k; l++) {
        const a1 = a[startA + i * rowA + l * stepA];
        const a2 = a[startA + i2 * rowA + l * stepA];
        const b1 = b[j * rowB + l * stepB];
        const b2 = b[j2 * rowB + l * stepB];
        s11 += a1 * b1;
        s12 += a1 * b2;
        s21 += a2 * b1;
        s22 += a2 * b2;
      }
      out[i * c + j] = s11;
      out[i * c + j2] = s12;
      out[i2 * c + j] = s21;
      out[i2 * c + j2] = s22;
    }
  }
}

/** out (r x c) = a (r x k) b (k x c). */
export function productInto(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  r: number,
  k: number,
  c: number,
): void {
  sumProducts(out, a, 0, k, 1, b, 1, c, r, k, c, false, false);
}

/** out (r x c) = a (r x k) b^T for b (c x k). */
export function productTransposed(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  r: number,
  k: number,
  c: number,
): void {
  sumProducts(out, a, 0, k, 1, b, k, 1, r, k, c, false, false);
}

/** out (c2 x c1) = b^T a for the blocks of columns of [a | b], c1 and c2 of them, in k rows. */
export function crossProduct(out: Float64Array, blocks: Float64Array, k: number, c1: number, c2: number): void {
  sumProducts(out, blocks, c1, 1, c1 + c2, blocks, 1, c1 + c2, c2, k, c1, false, false);
}

/** Adds a b^T to out (r x c), for a (r x k) and b (c x k). */
export function addProductTransposed(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  r: number,
  k: number,
  c: number,
): void {
  sumProducts(out, a, 0, k, 1, b, k, 1, r, k, c, true, false);
}

/** Adds a a^T to out (r x r) for a (r x k), in its upper triangle; what is below the diagonal is then arbitrary. */
export function addUpperGram(out: Float64Array, a: Float64Array, r: number, k: number): void {
  sumProducts(out, a, 0, k, 1, a, k, 1, r, k, r, true, true);
}

/**
 * out (r x r) = shift I + factor a b^T for a, b (r x k) whose product is known to be symmetric (sign 1) or antisymmetric
 * (sign -1), in half the work. Loops as in `sumProducts`; what a series needs besides is done before the sums are stored.
 */
export function mirroredProduct(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  r: number,
  k: number,
  sign: 1 | -1,
  factor = 1,
  shift = 0,
): void {
  for (let i = 0; i < r; i += 2) {
    const i2 = Math.min(i + 1, r - 1);
    for (let j = i; j < r; j += 2) {
      const j2 = Math.min(j + 1, r - 1);
      let s11 = 0;
      let s12 = 0;
      let s21 = 0;
      let s22 = 0;
      for (let l = 0; l < k; l++) {
        const a1 = a[i * k + l];
        const a2 = a[i2 * k + l];
        const b1 = b[j * k + l];
        const b2 = b[j2 * k + l];
        s11 += a1 * b1;
        s12 += a1 * b2;
        s21 += a2 * b1;
        s22 += a2 * b2;
      }
      const onto = i === j ? shift : 0;
      out[j * r + i2] = sign * factor * s21;
      out[j2 * r + i] = sign * factor * s12;
      out[j2 * r + i2] = sign * factor * s22;
      out[i * r + j2] = factor * s12;
      if (i !== j) {
        out[j * r + i] = sign * factor * s11;
        out[i2 * r + j] = factor * s21;
      }
      out[i * r + j] = factor * s11 + onto;
      out[i2 * r + j2] = factor * s22 + onto;
    }
  }
}

/**
 * Power series of a symmetric matrix whose coefficients begin with 1 and have given ratios q_1, q_2, ...:
 * I + q_1 a (I + q_2 a (I + ...)), by Horner's scheme.
 */
class SymmetricSeries {
  readonly #sum: Float64Array;
  readonly #next: Float64Array;

  constructor(
    private readonly size: number,
    /** q_1, q_2, ... up to the last term that may be taken. */
    private readonly ratios: Float64Array,
  ) {
    this.#sum = new Float64Array(size * size);
    this.#next = new Float64Array(size * size);
  }

  /** The series at a, |a| <= norm < 1, up to the last term that matters beside rounding. Overwritten by the next call. */
  at(a: Float64Array, norm: number): Float64Array {
    const { size, ratios } = this;
    let terms = 0;
    for (let term = 1; terms < ratios.length; terms++) {
      term *= norm * ratios[terms];
      if (term < 5e-17) break;
    }
    let sum = this.#sum;
    let next = this.#next;
    const last = terms > 0 ? ratios[terms - 1] : 0;
    for (let i = 0; i < a.length; i++) sum[i] = last * a[i];
    for (let i = 0; i < size; i++) sum[i * size + i] += 1;
    for (let k = terms - 2; k >= 0; k--) {
      mirroredProduct(next, a, sum, size, size, 1, ratios[k], 1);
      const swapped = sum;
      sum = next;
      next = swapped;
    }
    return sum;
  }
}

/** q_1, ..., q_count. */
const ratios = (count: number, ratio: (k: number) => number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => ratio(i + 1));

/** Inverts a (r x r) in place by Gauss-Jordan elimination with partial pivoting; false when it is singular. */
export function invertInPlace(a: Float64Array, r: number, pivots: Int32Array): boolean {
  for (let k = 0; k < r; k++) {
    let pivot = k;
    for (let i = k + 1; i < r; i++) if (Math.abs(a[i * r + k]) > Math.abs(a[pivot * r + k])) pivot = i;
    pivots[k] = pivot;
    if (!(Math.abs(a[pivot * r + k]) > 0)) return false;
    if (pivot !== k) swapRows(a, r, k, pivot);
    const inverse = 1 / a[k * r + k];
    a[k * r + k] = 1;
    for (let j = 0; j < r; j++) a[k * r + j] *= inverse;
    for (let i = 0; i < r; i++) {
      if (i === k) continue;
      const factor = a[i * r + k];
      a[i * r + k] = 0;
      for (let j = 0; j < r; j++) a[i * r + j] -= factor * a[k * r + j];
    }
  }
  for (let k = r - 1; k >= 0; k--) {
    const pivot = pivots[k];
    if (pivot === k) continue;
    for (let i = 0; i < r; i++) {
      const value = a[i * r + k];
      a[i * r + k] = a[i * r + pivot];
      a[i * r + pivot] = value;
    }
  }
  return true;
}

function swapRows(a: Float64Array, cols: number, i: number, k: number): void {
  for (let j = 0; j < cols; j++) {
    const value = a[i * cols + j];
    a[i * cols + j] = a[k * cols + j];
    a[k * cols + j] = value;
  }
}

/**
 * Replaces a (r x k, r <= k, of full rank) by its polar factor, the nearest matrix with orthonormal rows (a a^T)^(-1/2) a.
 *
 * With E = I - a a^T / c, c the mean square of the singular values: where |E| is below 1, the first five terms of
 * (I - E)^(-1/2) = I + E/2 + 3 E^2/8 + ... leave an E of order E^5; farther away a square matrix takes a step of Newton's
 * iteration, a <- (g a + a^-T / g) / 2 with g = (|a^-1| / |a|)^(1/2) (Higham 1986; the passage from inverses to products is
 * that of Higham and Schreiber 1990).
 *
 * False when a is singular, or neither square nor near: a is then as it was, or has been replaced by a matrix with the same
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
        // What the series leaves is then below rounding.
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

/** |E| (Frobenius) below which the series of the polar factor is taken. */
const NEAR = 0.9;
/** (1 - x)^(-1/2); more terms would cost more than another pass. */
const INVERSE_ROOT = ratios(4, (k) => (2 * k - 1) / (2 * k));

function sumOfSquares(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * a[i];
  return sum;
}

/**
 * Logarithm of a small rotation (every angle under 0.36 rad) from its sines S = (R - R^T)/2 and versines
 * V = I - (R + R^T)/2, which commute: omega = S (I + V/3 + 2 V^2/15 + ...), the series of theta / sin(theta) in
 * 1 - cos(theta). See `logRotation` for the rest. False when the rotation is not small.
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

/** theta / sin(theta) in 1 - cos(theta). */
const ANGLE_BY_SINE = ratios(60, (k) => k / (2 * k + 1));

/** Frobenius distance from I below which every angle is under 0.36 rad, where the series converges fast. */
export const SMALL_ROTATION = 0.5;
