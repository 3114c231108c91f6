import { fromData, type Matrix } from '#linalg';

// Inverse of the relaxation towards the manifold on tensors of the normal eigenbasis: division by the sums of the rates.

export const relaxVector = (rates: Float64Array, x: Float64Array): Float64Array =>
  x.map((value, i) => value / rates[i]);

export function relaxMatrix(rates: Float64Array, { rows, cols, data }: Matrix): Matrix {
  return fromData(
    rows,
    cols,
    data.map((value, at) => value / (rates[Math.floor(at / cols)] + rates[at % cols])),
  );
}

/** In place, because these tensors are large. */
export function relaxTensor(rates: Float64Array, t: Float64Array): Float64Array {
  const k = rates.length;
  let at = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      for (let l = 0; l < k; l++) t[at++] /= rates[i] + rates[j] + rates[l];
    }
  }
  return t;
}
