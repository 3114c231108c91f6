import { productInto } from './in-place-products.js';
import { add, identity, multiply, norm, scale, type Matrix } from './matrix.js';

/**
 * exp(a) - I of a square matrix, accurate also for small a: the Taylor series of a / 2^k, then k doublings by
 * exp(2 b) - I = B^2 + 2 B, B = exp(b) - I. O(r^3 log |a|), with the given method of products. Throws RangeError when an entry is not finite.
 */
export function exponentialMinusIdentity(a: Matrix, product: (a: Matrix, b: Matrix) => Matrix = multiply): Matrix {
  const halvings = halvingsOf(a.data, a.rows);
  const small = scale(a, 2 ** -halvings);
  let term = small;
  let result = small;
  // Terms down to rounding, at most 12 for |small| <= 1/4.
  const length = norm(small);
  for (let k = 2, rest = length / 2; rest > 1e-17; k++, rest *= length / k) {
    term = scale(product(term, small), 1 / k);
    result = add(result, term);
  }
  for (let k = 0; k < halvings; k++) result = add(product(result, result), result, 2);
  return result;
}

/** How often a matrix (size x size) is halved until its norm is at most 1/4. */
function halvingsOf(a: Float64Array, size: number): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]));
  // A bound of the norm that does not overflow before the entries do.
  let bound = largest * size;
  if (!Number.isFinite(bound))
    throw new RangeError('cannot take the exponential: an entry of the matrix is not finite');
  let halvings = 0;
  for (; bound > 0.25; bound /= 2) halvings++;
  return halvings;
}

/** Multiplies matrices by exponentials in place, without allocating. */
export class ExponentialProduct {
  readonly #small: Float64Array;
  readonly #sum: Float64Array;
  #term: Float64Array;
  #work: Float64Array;

  constructor(private readonly size: number) {
    const room = (): Float64Array => new Float64Array(size * size);
    [this.#small, this.#sum, this.#term, this.#work] = [room(), room(), room(), room()];
  }

  /** Replaces b by exp(a) b, both size x size. O(size^3 log |a|). Throws RangeError when an entry of a is not finite. */
  apply(b: Float64Array, a: Float64Array): void {
    const r = this.size;
    const small = this.#small;
    const sum = this.#sum;
    const halvings = halvingsOf(a, r);
    const factor = 2 ** -halvings;
    let square = 0;
    for (let i = 0; i < a.length; i++) {
      small[i] = factor * a[i];
      square += small[i] * small[i];
    }
    sum.set(small);
    this.#term.set(small);
    const length = Math.sqrt(square);
    for (let k = 2, rest = length / 2; rest > 1e-17; k++, rest *= length / k) {
      productInto(this.#work, this.#term, small, r, r, r);
      [this.#term, this.#work] = [this.#work, this.#term];
      for (let i = 0; i < sum.length; i++) sum[i] += this.#term[i] /= k;
    }
    for (let k = 0; k < halvings; k++) {
      productInto(this.#work, sum, sum, r, r, r);
      for (let i = 0; i < sum.length; i++) sum[i] = 2 * sum[i] + this.#work[i];
    }
    productInto(this.#work, sum, b, r, r, r);
    for (let i = 0; i < b.length; i++) b[i] += this.#work[i];
  }
}

/** exp(a) of a square matrix; a rotation where a is antisymmetric. O(r^3 log |a|). */
export function exponential(a: Matrix): Matrix {
  return add(identity(a.rows), exponentialMinusIdentity(a));
}
