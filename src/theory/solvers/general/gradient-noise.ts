import { fromData, type Matrix } from '#linalg';
import { errorInputCovariance, type Model } from '#model';
import type { NormalMode } from './hessian.js';
import type { ModeCoordinates } from './mode-coordinates.js';

/**
 * Covariance C (K x K) of the gradient noise xi = -[W2^T E | W1 E^T], E = e x^T - mean, in the normal eigenbasis, per
 * step (divided by the batch size). xi has no tangent component, so the normal space holds all of it. At leading order rows
 * beyond r carry no noise. O(K d^2) time at worst, K <= d = r (n+m); O((mn)^2) memory.
 */
export function noiseCovariance(model: Model, modes: ModeCoordinates, normal: readonly NormalMode[]): Matrix {
  const { inputs: n, singularValues } = modes;
  const columns = n + modes.outputs;
  const root = singularValues.map(Math.sqrt);
  const products = errorInputCovariance(modes.input, modes.residual, model.labelNoiseVariance);
  const size = products.rows;
  // Variable (a, c) of xi is -sqrt(s_a) times one entry of E: E_ac for X_ac, E_ia for Z_ai.
  const entry = (variable: number): number => {
    const a = Math.floor(variable / columns);
    const c = variable % columns;
    return c < n ? a * n + c : (c - n) * n + a;
  };
  const projections = normal.map(({ indices, values }) => ({
    entries: indices.map(entry),
    factors: values.map((value, i) => -value * root[Math.floor(indices[i] / columns)]),
  }));
  const count = normal.length;
  const result = new Float64Array(count * count);
  const half = new Float64Array(size);
  projections.forEach((left, i) => {
    half.fill(0);
    left.entries.forEach((p, k) => {
      const factor = left.factors[k] / model.batchSize;
      if (factor === 0) return;
      for (let q = 0; q < size; q++) half[q] += factor * products.data[p * size + q];
    });
    for (let j = i; j < count; j++) {
      const { entries, factors } = projections[j];
      let sum = 0;
      for (let k = 0; k < entries.length; k++) sum += factors[k] * half[entries[k]];
      result[i * count + j] = sum;
      result[j * count + i] = sum;
    }
  });
  return fromData(count, count, result);
}

/** Stationary covariance of the normal displacement, Sigma_N,ij = eta C_ij / (mu_i + mu_j) (K x K). Order eta. */
export function normalCovariance(learningRate: number, normal: readonly NormalMode[], noise: Matrix): Matrix {
  const count = normal.length;
  const data = noise.data.map((value, index) => {
    const i = Math.floor(index / count);
    const j = index % count;
    return (learningRate * value) / (normal[i].curvature + normal[j].curvature);
  });
  return fromData(count, count, data);
}

/** For each normal mode those it is correlated with, itself included: all for real data, a few for Gaussian input. */
export function relatedModes(covariance: Matrix): Int32Array[] {
  const count = covariance.rows;
  const deviation = Float64Array.from({ length: count }, (_, i) => Math.sqrt(covariance.data[i * count + i]));
  return Array.from({ length: count }, (_, i) => {
    const related: number[] = [];
    for (let k = 0; k < count; k++) {
      if (Math.abs(covariance.data[i * count + k]) > 1e-14 * deviation[i] * deviation[k]) related.push(k);
    }
    return Int32Array.from(related);
  });
}
