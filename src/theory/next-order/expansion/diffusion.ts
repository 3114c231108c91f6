import { add, apply, dot, fromData, inner, row, symmetrize, transpose, zeros, type Matrix } from '#linalg';
import { commutators } from './commutators.js';
import { noiseForms, quarticNoise, thirdCumulants } from './cumulants.js';
import type { MeanRotation } from './mean-rotation.js';
import type { Parts } from './parts.js';
import { addOuter, addTo, along, plusTransposed, product } from './tensors.js';
import { firstTurn, turnOf } from './turns.js';

/** Rotation diffusion: K = eta^3 `leading` + eta^4 `next`, P x P. */
export interface Diffusion {
  readonly leading: Matrix;
  readonly next: Matrix;
}

/**
 * Variance of the turn of one step (`Turn`): of m4, of m3 with m5, of m3 with m4 through the skewness of n, of m3 with the second
 * moment of n at next order; and what successive turns add that do not commute. `second` is S2.
 * O(q P K^3 + q^3 P K).
 */
export function diffusion(parts: Parts, rotation: MeanRotation, second: Matrix): Diffusion {
  const { jets, leading, moments } = parts;
  const { noise, symmetry, batchSize, rates } = jets;
  const s = leading.covariance;
  const { planes } = symmetry;
  const k = rates.length;
  const first = noise.map((field) => firstTurn(parts, field));
  const [leadingSum, curved, straight, skewed, displaced] = Array.from({ length: 5 }, () => zeros(planes, planes));
  const constants = zeros(noise.length, planes);
  const turn = turnOf(parts, rotation);
  const cumulants = thirdCumulants(parts, first);
  noise.forEach((_, q) => {
    const { quadratic, constant, gradient, third } = turn(q);
    constants.data.set(constant, q * planes);
    const spread = product(first[q], s);
    addTo(leadingSum.data, product(spread, transpose(first[q])).data, 1 / batchSize);
    addTo(displaced.data, product(first[q], second, transpose(first[q])).data, 1 / batchSize);
    addTo(straight.data, product(spread, transpose(gradient)).data, 1 / batchSize);
    addTo(straight.data, cumulants(q, third).data, 1 / batchSize ** 2);
    addOuter(curved, constant, constant, 1 / batchSize);
    const wide = quadratic.map((form) => product(form, s));
    const tall = wide.map(transpose);
    const bent = quadratic.map((form) => apply(form, moments.mean));
    for (let a = 0; a < planes; a++) {
      const turned = row(first[q], a);
      const skew = along(moments.third, k, turned);
      const mean = dot(moments.mean, turned);
      for (let b = 0; b < planes; b++) {
        curved.data[a * planes + b] += (2 * inner(wide[a], tall[b])) / batchSize;
        const value = mean * constant[b] + 2 * dot(bent[b], row(spread, a)) + inner(skew, quadratic[b]);
        skewed.data[a * planes + b] += value / batchSize;
      }
    }
  });
  const forms = noiseForms(parts);
  const shifts = fromData(
    noise.length,
    planes,
    Float64Array.from(first.flatMap((turned) => Array.from(apply(turned, moments.mean)))),
  );
  const quartic = quarticNoise(jets, forms, constants, shifts);
  const all = [
    curved,
    quartic.squared,
    plusTransposed(straight),
    plusTransposed(add(skewed, quartic.shifted)),
    displaced,
    commutators(parts, first),
  ];
  return { leading: symmetrize(leadingSum), next: all.reduce((sum, part) => add(sum, part)) };
}
