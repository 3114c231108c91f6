import {
  apply,
  fromData,
  productInto,
  productTransposed as productTransposedInto,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';

// Tensors of K^3 numbers are row-major Float64Arrays; a matrix of one is a view.

/** The product a b^T. */
export function productTransposed(a: Matrix, b: Matrix): Matrix {
  const result = zeros(a.rows, b.rows);
  productTransposedInto(result.data, a.data, b.data, a.rows, a.cols, b.rows);
  return result;
}

/** The product of two or more dense matrices, from the left. */
export const product = (first: Matrix, ...others: Matrix[]): Matrix =>
  others.reduce((left, right) => {
    const result = zeros(left.rows, right.cols);
    productInto(result.data, left.data, right.data, left.rows, left.cols, right.cols);
    return result;
  }, first);

/** The matrix T_i.. of a K^3 tensor, a view. */
export const slab = (t: Float64Array, k: number, i: number): Matrix =>
  fromData(k, k, t.subarray(i * k * k, (i + 1) * k * k));

/** The tensor as a K^2 x K matrix, a view. */
export const asTall = (t: Float64Array, k: number): Matrix => fromData(k * k, k, t);

/** The tensor as a K x K^2 matrix, a view. */
export const asWide = (t: Float64Array, k: number): Matrix => fromData(k, k * k, t);

/** sum_ij M_ij T_ijk. */
export function contractPair(t: Float64Array, k: number, m: Matrix): Float64Array {
  const result = new Float64Array(k);
  m.data.forEach((factor, pair) => {
    if (factor === 0) return;
    for (let i = 0; i < k; i++) result[i] += factor * t[pair * k + i];
  });
  return result;
}

/** sum_i T_i.. x_i of a symmetric tensor, K x K. */
export const along = (t: Float64Array, k: number, x: Float64Array): Matrix => fromData(k, k, apply(asTall(t, k), x));

/** sum_jk T_.jk M_jk of a symmetric tensor. */
export const contracted = (t: Float64Array, k: number, m: Matrix): Float64Array => apply(asWide(t, k), m.data);

/** The mean over the six orders of the indices. */
export function symmetrized(t: Float64Array, k: number): Float64Array {
  const result = new Float64Array(t.length);
  for (let a = 0; a < k; a++) {
    for (let b = a; b < k; b++) {
      for (let c = b; c < k; c++) {
        const orders = [
          (a * k + b) * k + c,
          (a * k + c) * k + b,
          (b * k + a) * k + c,
          (b * k + c) * k + a,
          (c * k + a) * k + b,
          (c * k + b) * k + a,
        ];
        let sum = 0;
        for (const at of orders) sum += t[at];
        for (const at of orders) result[at] = sum / 6;
      }
    }
  }
  return result;
}

/** target += factor x. */
export function addTo(target: Float64Array, x: Float64Array, factor = 1): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * x[i];
}

/** target += factor x y^T. */
export function addOuter({ cols, data }: Matrix, x: Float64Array, y: Float64Array, factor = 1): void {
  for (let i = 0; i < x.length; i++) {
    const value = factor * x[i];
    if (value === 0) continue;
    for (let j = 0; j < cols; j++) data[i * cols + j] += value * y[j];
  }
}

/** m + m^T. */
export function plusTransposed(m: Matrix): Matrix {
  const result = transpose(m);
  addTo(result.data, m.data);
  return result;
}
