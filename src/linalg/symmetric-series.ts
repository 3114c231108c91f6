import { mirroredProduct } from './in-place-products.js';

/**
 * Power series of a symmetric matrix whose coefficients begin with 1 and have given ratios q_1, q_2, ...:
 * I + q_1 a (I + q_2 a (I + ...)), by Horner's scheme.
 */
export class SymmetricSeries {
  readonly #sum: Float64Array;
  readonly #next: Float64Array;

  constructor(
    private readonly size: number,
    /** q_1, q_2, ..., as many as there may be terms. */
    private readonly ratios: Float64Array,
  ) {
    this.#sum = new Float64Array(size * size);
    this.#next = new Float64Array(size * size);
  }

  /** The series at a, |a| <= norm < 1, up to the last term above rounding. Overwritten by the next call. */
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

/** The ratios q_1, ..., q_count of neighbouring coefficients. */
export const ratios = (count: number, ratio: (k: number) => number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => ratio(i + 1));
