import type { Estimate } from '#core';
import { apply, dot, trace, zeros } from '#linalg';
import { covarianceOfMean, meanEstimate, studentPoint } from './intervals.js';

/** A length, with the 95% interval that its square gives. */
export interface LengthEstimate extends Estimate {
  readonly interval95: readonly [number, number];
}

/**
 * |m| / lag of the mean vector m with the noise tr C of its square removed (C the covariance of m). The square has the
 * variance V = 4 m^T C m + 2 tr C^2 (m^T C m without its own noise); its root, near zero, the error V^(1/4).
 */
export function speed(vectors: readonly Float64Array[], weights: readonly number[], lag: number): LengthEstimate {
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
  const spread = dot(mean, apply(covariance, mean));
  const along = Math.max(spread - noiseSquare, 0);
  const variance = 4 * along + 2 * noiseSquare;
  const noise = trace(covariance);
  const square = Math.max(dot(mean, mean) - noise, 0);
  const value = Math.sqrt(square);
  const deviation = Math.sqrt(variance);
  const se = square > deviation ? deviation / (2 * value) : Math.sqrt(deviation);
  const noiseAlong = spread > 0 ? spread / dot(mean, mean) : 0;
  const interval = lengthInterval95(square, { noise, noiseSquare, noiseAlong }, studentPoint(vectors.length - 1));
  return { value: value / lag, se: se / lag, interval95: [interval[0] / lag, interval[1] / lag] };
}

/** Of the covariance C of a vector: tr C, tr C^2, and its variance along the vector, c. */
interface Noise {
  readonly noise: number;
  readonly noiseSquare: number;
  readonly noiseAlong: number;
}

/**
 * All lengths s from which |m|^2 is not too far: of mean s^2 + tr C and variance 4 c s^2 + 2 tr C^2, c the variance along the vector,
 * its cube root taken for normal (Wilson and Hilferty 1931). A length below the shortest upper end, which the upper end never misses, may be
 * missed on the other side in 5%, which keeps the coverage at 95% near zero (compare Feldman and Cousins 1998).
 */
function lengthInterval95(square: number, { noise, noiseSquare, noiseAlong }: Noise, t: number): [number, number] {
  if (!Number.isFinite(noise)) return [0, Infinity];
  if (noise === 0) return [Math.sqrt(square), Math.sqrt(square)];
  // The length of which a square of this size is so many errors too large; 0 where it is none of any length.
  const lengthBelow = (seen: number, errors: number): number => {
    const isShort = (length: number): boolean => {
      const mean = noise + length * length;
      const k = (4 * noiseAlong * length * length + 2 * noiseSquare) / (9 * mean * mean);
      return seen + noise > mean * (1 - k + errors * Math.sqrt(k)) ** 3;
    };
    if (!isShort(0)) return 0;
    let [short, long] = [0, Math.sqrt(seen + noise)];
    while (isShort(long)) [short, long] = [long, 2 * long];
    for (let k = 0; k < BISECTIONS; k++) {
      const middle = (short + long) / 2;
      if (isShort(middle)) short = middle;
      else long = middle;
    }
    return long;
  };
  const shortestEnd = lengthBelow(0, -t);
  const low = lengthBelow(square, ONE_SIDED * t);
  return [low < shortestEnd ? low : Math.max(shortestEnd, lengthBelow(square, t)), lengthBelow(square, -t)];
}

/** The 95% point of a normal variable over its 97.5% point. */
const ONE_SIDED = 0.8392;

/** To a millionth of the interval. */
const BISECTIONS = 20;
