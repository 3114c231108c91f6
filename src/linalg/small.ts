// Allocation-free products and factors of small square matrices (row-major Float64Array), for code that runs at every
// sample of every replica. `out` must not be one of the operands.

/** out (r x c) = a^T (r x k) b (k x c), for a (k x r). */
export function transposedProduct(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  k: number,
  r: number,
  c: number,
): void {
  out.fill(0);
  for (let l = 0; l < k; l++) {
    for (let i = 0; i < r; i++) {
      const factor = a[l * r + i];
      for (let j = 0; j < c; j++) out[i * c + j] += factor * b[l * c + j];
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
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < c; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l] * b[l * c + j];
      out[i * c + j] = sum;
    }
  }
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
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < c; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l] * b[j * k + l];
      out[i * c + j] = sum;
    }
  }
}

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
 * Replaces a nonsingular a (r x r) by its orthogonal polar factor: Newton's iteration X <- (g X + X^-T / g) / 2 with the
 * scale g = (|X^-1| / |X|)^(1/2) (Higham 1986), quadratic in the end. False when a is singular or it does not settle.
 */
export class PolarIteration {
  readonly #inverse: Float64Array;
  readonly #pivots: Int32Array;

  constructor(private readonly size: number) {
    this.#inverse = new Float64Array(size * size);
    this.#pivots = new Int32Array(size);
  }

  apply(a: Float64Array): boolean {
    const r = this.size;
    const inverse = this.#inverse;
    for (let iteration = 0; iteration < 60; iteration++) {
      inverse.set(a);
      if (!invertInPlace(inverse, r, this.#pivots)) return false;
      const scale = Math.sqrt(frobenius(inverse) / frobenius(a));
      // Near the end scaling only adds rounding.
      const g = Math.abs(scale - 1) < 1e-2 ? 1 : scale;
      let change = 0;
      for (let i = 0; i < r; i++) {
        for (let j = 0; j < r; j++) {
          const next = 0.5 * (g * a[i * r + j] + inverse[j * r + i] / g);
          change = Math.max(change, Math.abs(next - a[i * r + j]));
          a[i * r + j] = next;
        }
      }
      // A change below 1e-8 has become a square of itself, below rounding, by this very step.
      if (g === 1 && change < 1e-8) return true;
    }
    return false;
  }
}

function frobenius(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * a[i];
  return Math.sqrt(sum);
}

/**
 * Logarithm of a small rotation (every angle under 0.36 rad) by the series of asin on its antisymmetric part,
 * omega = sum_k (2k choose k) / (4^k (2k+1)) S (-S^2)^k; see `logRotation` for the rest. False when the rotation is not small.
 */
export class SmallRotationLogarithm {
  readonly #sine: Float64Array;
  readonly #square: Float64Array;
  readonly #power: Float64Array;
  readonly #next: Float64Array;

  constructor(private readonly size: number) {
    const count = size * size;
    this.#sine = new Float64Array(count);
    this.#square = new Float64Array(count);
    this.#power = new Float64Array(count);
    this.#next = new Float64Array(count);
  }

  apply(rotation: Float64Array, omega: Float64Array): boolean {
    const r = this.size;
    const sine = this.#sine;
    let departure = 0;
    for (let i = 0; i < r; i++) {
      for (let j = 0; j < r; j++) {
        sine[i * r + j] = 0.5 * (rotation[i * r + j] - rotation[j * r + i]);
        const off = rotation[i * r + j] - (i === j ? 1 : 0);
        departure += off * off;
      }
    }
    if (!(departure < SMALL_ROTATION * SMALL_ROTATION)) return false;
    omega.set(sine);
    // Two rows of sines: -S^2 = S S^T.
    productTransposed(this.#square, sine, sine, r, r, r);
    let power = this.#power;
    let next = this.#next;
    power.set(sine);
    const size = frobenius(sine);
    let coefficient = 1;
    for (let k = 1; k < 60 && size > 0; k++) {
      coefficient *= (2 * k - 1) / (2 * k);
      productInto(next, power, this.#square, r, r, r);
      [power, next] = [next, power];
      const factor = coefficient / (2 * k + 1);
      for (let i = 0; i < omega.length; i++) omega[i] += factor * power[i];
      if (factor * frobenius(power) < 1e-17 * size) break;
    }
    return true;
  }
}

/** Frobenius distance from I below which every angle is under 0.36 rad, where the series of asin converges fast. */
export const SMALL_ROTATION = 0.5;
