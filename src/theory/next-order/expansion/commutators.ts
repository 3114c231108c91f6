import { fromData, inner, row, scale, symmetrize, transpose, zeros, type Matrix } from '#linalg';
import type { Parts } from './parts.js';
import { relaxMatrix } from './relaxation.js';
import { plusTransposed, product } from './tensors.js';

/**
 * Successive turns do not commute: the logarithm of their product has half their commutators, and the variance of the second turn
 * depends on n, which the noise of the first has moved, so that sum over later steps E m^b_0 m^a_k m^c_k = kappa_bac is not 0. It
 * adds 1/2 c_dbc kappa_bac to K_ad, and the transpose. Nothing for one plane. O(q P^2 K^2).
 */
export function commutators({ jets, leading }: Parts, first: readonly Matrix[]): Matrix {
  const { noise, symmetry, batchSize, rates } = jets;
  const { planes } = symmetry;
  const k = rates.length;
  const result = zeros(planes, planes);
  if (symmetry.structure.length === 0) return result;
  /** a_plane of all fields, q x K. */
  const turns = Array.from({ length: planes }, (_, plane) => {
    const rows = zeros(noise.length, k);
    first.forEach((turned, q) => {
      rows.data.set(row(turned, plane), q * k);
    });
    return rows;
  });
  const xi = fromData(noise.length, k, Float64Array.from(noise.flatMap(({ normal }) => Array.from(normal))));
  /** E xi (S a_b)^T. */
  const moved = turns.map((rows) => scale(product(transpose(xi), rows, leading.covariance), 1 / batchSize));
  for (let a = 0; a < planes; a++) {
    for (let c = 0; c < planes; c++) {
      const entries = symmetry.structure.filter((entry) => entry.c === c);
      const variance = relaxMatrix(rates, symmetrize(scale(product(transpose(turns[a]), turns[c]), 1 / batchSize)));
      for (const { a: d, b, value } of entries) result.data[a * planes + d] += value * inner(variance, moved[b]);
    }
  }
  return plusTransposed(result);
}
