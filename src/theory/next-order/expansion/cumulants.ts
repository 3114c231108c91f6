import { add, apply, dot, fromData, row, transpose, zeros, type Matrix } from '#linalg';
import type { Jets } from './jets.js';
import type { Parts } from './parts.js';
import { addOuter, plusTransposed, product, slab } from './tensors.js';

/** The update noise of all fields, q x K. */
const noiseMatrix = ({ noise, rates }: Jets): Matrix => {
  const result = zeros(noise.length, rates.length);
  noise.forEach(({ normal }, q) => {
    result.data.set(normal, q * rates.length);
  });
  return result;
};

/** Third cumulant of the update noise per step, E xi xi xi / batch^2 (K^3). O(q^3 K + q K^3). */
export function noiseCumulant(jets: Jets): Float64Array {
  const { rates, moments, batchSize } = jets;
  const k = rates.length;
  const xi = noiseMatrix(jets);
  const q = xi.rows;
  const result = new Float64Array(k ** 3);
  for (let b = 0; b < q; b++) {
    const pair = product(transpose(xi), slab(moments.third, q, b), xi).data;
    addOuter(fromData(k, k * k, result), row(xi, b), pair, 1 / batchSize ** 2);
  }
  return result;
}

/** Y^a_bc = xi_b.P^a xi_c / 2 over the white variables, for each plane (q x q): the quadratic noise of psi2. */
export function noiseForms({ jets, leading }: Parts): Matrix[] {
  const xi = noiseMatrix(jets);
  return leading.phase.map((plane) => {
    const form = product(xi, plane, transpose(xi));
    return { ...form, data: form.data.map((value) => value / 2) };
  });
}

/**
 * Third cumulants of m3 with the part of the gradient of m5 that two noises make,
 *   -lambda_bc(xi) t1_c + A^T P^b xi + D^b(xi, xi) / 2,
 * summed over two of the three white variables: returns the function of the third, P x P, without the batch.
 */
export function thirdCumulants(
  { jets, leading }: Parts,
  first: readonly Matrix[],
): (q: number, third: readonly Matrix[]) => Matrix {
  const { rates, noise, symmetry, moments } = jets;
  const { planes } = symmetry;
  const k = rates.length;
  const count = noise.length;
  const xi = noiseMatrix(jets);
  const spread = fromData(count, planes * k, new Float64Array(count * planes * k));
  first.forEach((turned, c) => {
    spread.data.set(product(turned, leading.covariance).data, c * planes * k);
  });
  const phased = leading.phase.map((plane) => product(xi, plane));
  const read = symmetry.tangent.map((forms) => forms.map(({ b, form }) => ({ b, values: apply(xi, form) })));
  return (q, third) => {
    const paired = product(slab(moments.third, count, q), spread);
    const { linear, linearRotation } = noise[q];
    const result = zeros(planes, planes);
    for (let b = 0; b < planes; b++) {
      const gradient = add(product(phased[b], linear), product(xi, third[b]), 0.5);
      for (const { b: c, values } of read[b]) addOuter(gradient, values, row(linearRotation, c), -1);
      for (let p = 0; p < count; p++) {
        for (let a = 0; a < planes; a++) {
          const at = (p * planes + a) * k;
          result.data[a * planes + b] += dot(paired.data.subarray(at, at + k), row(gradient, p));
        }
      }
    }
    return result;
  };
}

/** What the quadratic noise u.Y u of psi2 adds to the variance of m4, and to the covariance of m3 and m4. */
interface QuarticNoise {
  readonly squared: Matrix;
  readonly shifted: Matrix;
}

/**
 * `constants` is y, the part of m4 linear in the white variables (q x P), `shifts` m3 at the mean of n (q x P). Third cumulants
 * 1/B^2; of four variables the cumulant 1/B^3 and the pairs 1/B^2. O(q^3 P).
 */
export function quarticNoise(
  { moments, batchSize, noise }: Jets,
  forms: readonly Matrix[],
  constants: Matrix,
  shifts: Matrix,
): QuarticNoise {
  const planes = forms.length;
  const count = noise.length;
  // Y^a contracted with two of three variables, q x P.
  const third = fromData(count, count * count, moments.third);
  const paired = zeros(count, planes);
  forms.forEach((form, a) => {
    apply(third, form.data).forEach((value, c) => (paired.data[c * planes + a] = value));
  });
  const crossed = product(transpose(paired), constants);
  const fourth = moments.fourth(forms);
  const squared = plusTransposed({ ...crossed, data: crossed.data.map((value) => value / batchSize ** 2) });
  forms.forEach((left, a) => {
    forms.forEach((right, b) => {
      const pairs = 2 * dot(left.data, right.data);
      const traces = diagonalSum(left) * diagonalSum(right);
      squared.data[a * planes + b] +=
        (fourth.data[a * planes + b] - traces - pairs) / batchSize ** 3 + pairs / batchSize ** 2;
    });
  });
  const shifted = product(transpose(shifts), paired);
  return { squared, shifted: { ...shifted, data: shifted.data.map((value) => value / batchSize ** 2) } };
}

function diagonalSum({ rows, data }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * rows + i];
  return sum;
}
