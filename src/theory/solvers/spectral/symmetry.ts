import { dot, isDiagonal, maxAbs, multiply, row, transpose } from '#linalg';
import type { InputDistribution, Model } from '#model';
import { basisOf } from '../../minimum/unit-vector.js';
import { axialSquareProducts, type SquareProducts } from '../../stability/square-products.js';
import { modesOf, type CommutingModes } from '../commuting/modes.js';

/**
 * An input whose second and fourth moments are symmetric under every reflection x~_a -> -x~_a: a Gaussian, a mixture of
 * zero-mean Gaussians that share their axes, stimuli that lie on the axes, or a mixture of these. Second moments of products of
 * coordinates are then those of pairs alone.
 */
export interface ReflectionSymmetric {
  /** Var(x~_a x~_c). */
  readonly productVariance: (a: number, c: number) => number;
  /** Cov(x~_a^2, x~_b^2), a != b: 0 for one Gaussian. */
  readonly squareCovariance: (a: number, b: number) => number;
  /** E x~_c^2 x~_y^2. */
  readonly squares: SquareProducts;
}

/** Tolerance for components off the shared axes, relative to the largest entry of a covariance or stimulus. */
const OFF_AXIS = 1e-11;

/**
 * The moments of such an input, or null for any other. With G Gaussians and K stimuli O(G n) and O(K n) on the coordinate axes,
 * O(G n^3) and O(K n^2) on others; returns at the first stimulus off the axes.
 */
export function reflectionSymmetric({ input }: Model, modes: CommutingModes): ReflectionSymmetric | null {
  const { variance } = modes;
  const alone = input.gaussians.length === 1 && input.stimuli.rows === 0;
  const parts = alone ? [{ weight: 1, variance }] : gaussianParts(input, modes);
  const quartic = axialStimuli(input, modes);
  if (!parts || !quartic) return null;
  const product = (a: number, c: number): number =>
    parts.reduce((sum, part) => sum + part.weight * part.variance[a] * part.variance[c], 0);
  return {
    productVariance: (a, c) => (a === c ? 3 * product(a, a) + quartic[a] - variance[a] ** 2 : product(a, c)),
    squareCovariance: alone ? () => 0 : (a, b) => product(a, b) - variance[a] * variance[b],
    squares: axialSquareProducts(parts, quartic),
  };
}

/** Variances of each Gaussian part along the axes, or null when they do not share them. */
function gaussianParts({ gaussians, size: n }: InputDistribution, modes: CommutingModes) {
  const { axes } = modes.learned;
  const coordinates = axes.every(({ v }) => !(v instanceof Float64Array));
  const basis = coordinates ? null : basisOf(axes, n);
  const parts: { weight: number; variance: Float64Array }[] = [];
  for (const { weight, covariance } of gaussians) {
    const onAxes = basis ? multiply(transpose(basis), covariance, basis) : covariance;
    const variance = new Float64Array(modes.columns);
    axes.forEach(({ v }, c) => {
      const at = v instanceof Float64Array || basis ? c : v.axis;
      variance[c] = Math.max(onAxes.data[at * n + at], 0);
    });
    if (!basis ? !isDiagonal(onAxes) : offDiagonal(onAxes.data, n) > OFF_AXIS * maxAbs(onAxes)) return null;
    parts.push({ weight, variance });
  }
  return parts;
}

/** sum p x~_c^4 over the stimuli, or null when one is not on an axis. */
function axialStimuli({ stimuli, probabilities }: InputDistribution, modes: CommutingModes): Float64Array | null {
  const quartic = new Float64Array(modes.columns);
  for (let k = 0; k < stimuli.rows; k++) {
    const x = modesOf(modes, row(stimuli, k));
    const axis = x.reduce((best, value, c) => (Math.abs(value) > Math.abs(x[best]) ? c : best), 0);
    const square = x[axis] ** 2;
    if (dot(x, x) - square > OFF_AXIS ** 2 * square) return null;
    quartic[axis] += probabilities[k] * square ** 2;
  }
  return quartic;
}

function offDiagonal(data: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (i !== j) largest = Math.max(largest, Math.abs(data[i * n + j]));
  }
  return largest;
}
