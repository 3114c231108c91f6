// Products of small matrices (row-major Float64Array) without allocation, for code that runs at every sample of every
// replica. `out` must not be one of the operands.

/**
 * Writes sum_l a_il b_jl to entry (i, j) of out (r x c), l < k, or adds it; a_il = a[startA + i rowA + l stepA] and
 * b_jl = b[j rowB + l stepB]. With `upper`, entries below the diagonal are undefined, and half the work is saved.
 *
 * Two rows by two columns at a time: four independent sums, and every number read is used in two of them. A row or column
 * that is left over is paired with itself, and the same sums are written twice.
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

/** Adds a a^T to out (r x r) for a (r x k), in its upper triangle; entries below the diagonal are then undefined. */
export function addUpperGram(out: Float64Array, a: Float64Array, r: number, k: number): void {
  sumProducts(out, a, 0, k, 1, a, k, 1, r, k, r, true, true);
}

/**
 * out (r x r) = shift I + factor a b^T for a, b (r x k) whose product is known to be symmetric (sign 1) or antisymmetric
 * (sign -1), in half the work. Loops as in `sumProducts`; factor and shift, which a power series needs, are applied before the sums are
 * stored.
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

/** out (r) = a (r x k) b for a vector b, the sums from 0 in the order of b; four at a time, which do not wait for each other. */
export function vectorProductInto(out: Float64Array, a: Float64Array, b: Float64Array, r: number, k: number): void {
  let i = 0;
  for (; i + 4 <= r; i += 4) {
    let [s1, s2, s3, s4] = [0, 0, 0, 0];
    for (let l = 0, at = i * k; l < k; l++, at++) {
      const factor = b[l];
      s1 += a[at] * factor;
      s2 += a[at + k] * factor;
      s3 += a[at + 2 * k] * factor;
      s4 += a[at + 3 * k] * factor;
    }
    out[i] = s1;
    out[i + 1] = s2;
    out[i + 2] = s3;
    out[i + 3] = s4;
  }
  for (; i < r; i++) {
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a[i * k + l] * b[l];
    out[i] = sum;
  }
}
