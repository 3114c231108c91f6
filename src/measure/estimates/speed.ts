import type { Estimate } from '#core';
import { apply, dot, trace, zeros } from '#linalg';
import { covarianceOfMean, meanEstimate } from './intervals.js';

/**
 * |m| / lag of the mean vector m with the noise tr C of its square removed (C the covariance of m). The square has the
 * variance V = 4 m^T C m + 2 tr C^2 (m^T C m without its own noise); its root, near zero, the error V^(1/4).
 */
export function speed(vectors: readonly Float64Array[], weights: readonly number[], lag: number): Estimate {
  const size = vectors[0].length;
  const components = Array.from({ length: size }, (_, j) => vectors.map((vector) => vector[j]));
  const mean = components.map((values) => meanEstimate(values, weights).value);
  const covariance = zeros(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      covariance.data[i * size + j] = covarianceOfMean(components[i], components[j], weights);
    }
  }
  const noiseSquare = dot(covariance.data, covariance.data);
  const along = Math.max(dot(mean, apply(covariance, mean)) - noiseSquare, 0);
  const variance = 4 * along + 2 * noiseSquare;
  const value = Math.sqrt(Math.max(dot(mean, mean) - trace(covariance), 0));
  const deviation = Math.sqrt(variance);
  const se = value * value > deviation ? deviation / (2 * value) : Math.sqrt(deviation);
  return { value: value / lag, se: se / lag };
}
