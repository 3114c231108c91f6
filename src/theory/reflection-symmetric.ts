import { maxAbs, multiply, transpose } from '#linalg';
import type { Model } from '#model';
import type { CommutingModes } from './commuting-modes.js';
import { basisOf, isDiagonal } from './shared-axes.js';

/**
 * An input that is symmetric under every reflection x~_a -> -x~_a: a Gaussian, or a mixture of zero-mean Gaussians that
 * share their axes. Second moments of products of coordinates are then those of pairs alone.
 */
export interface ReflectionSymmetric {
  /** Var(x~_a x~_c). */
  readonly productVariance: (a: number, c: number) => number;
  /** Cov(x~_a^2, x~_b^2), a != b: 0 for one Gaussian. */
  readonly squareCovariance: (a: number, b: number) => number;
}

/** How far from diagonal, relative to the largest variance, a part may be in the shared axes. */
const OFF_AXIS = 1e-11;

/** The input as a mixture of independent coordinates, or null when it is not one. O(G n), O(G n^3) off the coordinate axes. */
export function reflectionSymmetric(model: Model, modes: CommutingModes): ReflectionSymmetric | null {
  const { gaussians, stimuli } = model.input;
  if (stimuli.rows > 0 || gaussians.length === 0) return null;
  const { axes } = modes.learned;
  const n = model.input.size;
  const parts: { weight: number; variance: Float64Array }[] = [];
  if (gaussians.length === 1) {
    parts.push({ weight: 1, variance: modes.variance });
  } else {
    const coordinates = axes.every(({ v }) => !(v instanceof Float64Array));
    const basis = coordinates ? null : basisOf(axes, n);
    for (const { weight, covariance } of gaussians) {
      const seen = basis ? multiply(transpose(basis), covariance, basis) : covariance;
      const variance = new Float64Array(modes.columns);
      axes.forEach(({ v }, c) => {
        const at = basis || v instanceof Float64Array ? c : v.axis;
        variance[c] = Math.max(seen.data[at * n + at], 0);
      });
      if (!basis ? !isDiagonal(seen) : offDiagonal(seen.data, n) > OFF_AXIS * maxAbs(seen)) return null;
      parts.push({ weight, variance });
    }
  }
  const product = (a: number, c: number): number =>
    parts.reduce((sum, { weight, variance }) => sum + weight * variance[a] * variance[c], 0);
  const { variance } = modes;
  return {
    productVariance: (a, c) => (a === c ? 3 * product(a, a) - variance[a] ** 2 : product(a, c)),
    squareCovariance: parts.length === 1 ? () => 0 : (a, b) => product(a, b) - variance[a] * variance[b],
  };
}

function offDiagonal(data: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (i !== j) largest = Math.max(largest, Math.abs(data[i * n + j]));
  }
  return largest;
}
