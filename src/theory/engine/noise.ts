import {
  column,
  fromData,
  lyapunovSolver,
  multiply,
  norm,
  symmetricEigen,
  trace,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { isNoisy, isSymmetricNoise, stateSize, type RuleModel, type StateArray, type SynapticNoise } from '#model';
import type { UpdateField } from './field.js';
import { ROUNDING } from '../rotation/rounding.js';
import { combination, type LinearOrder } from './linear-order.js';

/** What one sample does at the fixed point, in the coordinates (t, n) of `LinearOrder`. */
interface SampleNoise {
  readonly weight: number;
  /** xi = g(S*, z), d numbers. */
  readonly update: Float64Array;
  /** Dg~^T l_a on the normal space: rho x m, row a. */
  readonly response: Matrix;
}

const product = (a: Matrix, x: Float64Array): Float64Array => multiply(a, fromData(x.length, 1, x)).data;

/** The samples at the fixed point. O(Z m) evaluations of the update for Z samples. */
export function sampleNoise<M extends RuleModel>(
  field: UpdateField<M>,
  vector: Float64Array,
  { duals, basis, coordinates }: LinearOrder,
): SampleNoise[] {
  const [rho, m] = [duals.cols, basis.cols];
  const projection = transpose(duals);
  // The mean of Dg^T l over all samples is Df^T l = 0, so that g~ = g - f needs no subtraction.
  const responses = field.samples.map(() => zeros(rho, m));
  for (let i = 0; rho > 0 && i < m; i++) {
    field.derivatives(vector, column(basis, i)).forEach((moved, z) => {
      product(projection, moved).forEach((value, a) => {
        responses[z].data[a * m + i] = value;
      });
    });
  }
  const updates = field.updates(vector);
  return field.samples.map(({ weight }, z) => ({
    weight,
    update: product(coordinates, updates[z]),
    response: responses[z],
  }));
}

/** C = Cov(xi) of one sample (d x d) in the coordinates (t, n). */
export function updateCovariance(noise: readonly SampleNoise[]): Matrix {
  const d = noise[0].update.length;
  const result = zeros(d, d);
  for (const { weight, update } of noise) {
    for (let i = 0; i < d; i++) {
      const left = weight * update[i];
      if (left !== 0) for (let j = 0; j < d; j++) result.data[i * d + j] += left * update[j];
    }
  }
  return result;
}

/**
 * How much noise the displaced network makes beside that at the fixed point, E |Dg N|^2 / E |xi|^2, for a batch of B samples: what the
 * discrete step and noise in the curvature add to the stationary covariance `sigma` of N, relative to it. `added` is the synaptic
 * noise, E |.|^2 / eta^2 per step. O(Z m) evaluations.
 */
export function multiplicativeNoise<M extends RuleModel>(
  field: UpdateField<M>,
  vector: Float64Array,
  { basis }: LinearOrder,
  { sigma, batch, added }: { readonly sigma: Matrix; readonly batch: number; readonly added: number },
): number {
  const { values, vectors } = symmetricEigen(sigma);
  const directions = [...values].flatMap((variance, k) =>
    variance > 0 ? [{ variance, direction: combination(basis, column(vectors, k)) }] : [],
  );
  let [displaced, still] = [0, added];
  for (const { variance, direction } of directions) {
    const mean = new Float64Array(direction.length);
    field.derivatives(vector, direction).forEach((moved, z) => {
      const { weight } = field.samples[z];
      displaced += (variance * weight * squared(moved)) / batch;
      moved.forEach((value, i) => (mean[i] += weight * value));
    });
    displaced += variance * (1 - 1 / batch) * squared(mean);
  }
  field.updates(vector).forEach((update, z) => (still += (field.samples[z].weight * squared(update)) / batch));
  return still > 0 ? displaced / still : 0;
}

/** Covariance of the synaptic noise for unit variance, or the variance `weights` (d x d), in the coordinates (t, n). */
export function synapticCovariance(
  arrays: readonly StateArray[],
  synaptic: SynapticNoise,
  { coordinates }: LinearOrder,
  weights: Float64Array | null = null,
): Matrix {
  const d = stateSize(arrays);
  const covariance = zeros(d, d);
  let offset = 0;
  for (const array of arrays) {
    const { rows, cols } = array;
    if (isNoisy(synaptic, array)) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++) {
          const at = offset + i * cols + j;
          covariance.data[at * d + at] = weights?.[at] ?? 1;
          if (isSymmetricNoise(synaptic, array)) covariance.data[at * d + offset + j * cols + i] = 1;
        }
      }
    }
    offset += rows * cols;
  }
  return multiply(coordinates, covariance, transpose(coordinates));
}

/** Stationary covariance of N for the driving covariance `drive` (d x d), of which only the normal part counts: m x m. */
export function stationaryCovariance({ normal, rates, tangents }: LinearOrder, drive: Matrix): Matrix {
  const m = normal.rows;
  if (m === 0) return zeros(0, 0);
  const rho = tangents.cols;
  const d = drive.rows;
  const part = zeros(m, m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) part.data[i * m + j] = drive.data[(rho + i) * d + rho + j];
  const sizes = rates.map(({ real, imaginary }) => Math.hypot(real, imaginary));
  return lyapunovSolver(normal, Math.sqrt(Math.min(...sizes) * Math.max(...sizes)))(part);
}

/**
 * Covariance of the rotation per step by learning noise over eta^3 (rho x rho), of second order in noise and displacement:
 *   sum_z p_z (P^a xi + Dg~^T l_a)^T Sigma (P^b xi + Dg~^T l_b), Sigma the covariance of N over eta.
 */
export function secondOrderRotation(
  noise: readonly SampleNoise[],
  forms: readonly Matrix[],
  covariance: Matrix,
): Matrix {
  const rho = forms.length;
  const m = covariance.rows;
  const result = zeros(rho, rho);
  const d = rho + m;
  // The rows rho.. of P^a.
  const normalRows = forms.map((form) => fromData(m, d, form.data.slice(rho * d)));
  const sizes = normalRows.map(({ data }) => squared(data));
  // Squares of both terms: where they cancel but for rounding, or nothing is displaced along their sum, the direction does not turn.
  const terms = new Float64Array(rho);
  for (const { weight, update, response } of noise) {
    const factors = zeros(rho, m);
    const size = squared(update);
    normalRows.forEach((rows, a) => {
      const own = response.data.subarray(a * m, (a + 1) * m);
      product(rows, update).forEach((value, i) => {
        factors.data[a * m + i] = value + own[i];
      });
      terms[a] += weight * (sizes[a] * size + squared(own));
    });
    const part = multiply(factors, covariance, transpose(factors));
    for (let i = 0; i < part.data.length; i++) result.data[i] += weight * part.data[i];
  }
  return restricted(
    result,
    Array.from(terms, (size, a) => result.data[a * (rho + 1)] > ROUNDING ** 2 * size * trace(covariance)),
  );
}

function squared(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

/** A square matrix, or its first block, with zero in the rows and columns that are not kept. */
function restricted({ cols, data }: Matrix, isKept: readonly boolean[]): Matrix {
  const rho = isKept.length;
  const result = zeros(rho, rho);
  for (let a = 0; a < rho; a++)
    for (let b = 0; b < rho; b++) result.data[a * rho + b] = isKept[a] && isKept[b] ? data[a * cols + b] : 0;
  return result;
}

/** The tangent block of a covariance of updates in the coordinates (t, n): rho x rho; zero where l_a.xi = 0 but for rounding. */
export function tangentPart(covariance: Matrix, { duals }: LinearOrder): Matrix {
  const { cols, data } = covariance;
  let normal = 0;
  for (let i = duals.cols; i < cols; i++) normal += data[i * (cols + 1)];
  const isKept = Array.from(
    { length: duals.cols },
    (_, a) => data[a * (cols + 1)] > ROUNDING ** 2 * squared(column(duals, a)) * normal,
  );
  return restricted(covariance, isKept);
}

/** 1/2 tr(P^a C) for each a; zero where that is rounding. */
export const meanRotation = (forms: readonly Matrix[], covariance: Matrix): Float64Array =>
  Float64Array.from(forms, (form) => {
    const twice = form.data.reduce((sum, value, i) => sum + value * covariance.data[i], 0);
    return Math.abs(twice) > ROUNDING * norm(form) * norm(covariance) ? twice / 2 : 0;
  });
