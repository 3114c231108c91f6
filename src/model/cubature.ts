import { symmetricEigen, zeros } from '#linalg';
import type { InputDistribution } from './input.js';

/** One weighted sample: the weights of all sum to 1, some may be negative. */
export interface WeightedSample {
  readonly weight: number;
  /** Input, n numbers. */
  readonly x: Float64Array;
  /** Label noise, m numbers. */
  readonly eps: Float64Array;
}

/** Exact to total degree 7 in (x, eps): one level of Smolyak's rule is worth two degrees. */
const EXCESS = 3;

/**
 * Samples that stand for an input distribution with label noise N(0, sigma2 I_m): weighted sums over them are the exact
 * expectations of polynomials of total degree 7 in (x, eps). Stimuli stand for themselves; Gaussian variables are replaced by
 * Smolyak's combination of Gauss-Hermite rules, O(d^3) samples for d = n + m of them (m alone for a stimulus).
 */
export function cubature(input: InputDistribution, sigma2: number, outputs: number): WeightedSample[] {
  const noisy = sigma2 > 0 ? outputs : 0;
  const deviation = Math.sqrt(sigma2);
  const noiseOf = (z: Float64Array, offset: number): Float64Array =>
    Float64Array.from({ length: outputs }, (_, i) => (noisy > 0 ? deviation * z[offset + i] : 0));
  const n = input.size;
  const gaussian = input.gaussians.length > 0 ? smolyak(n + noisy) : [];
  const noise = input.stimuli.rows > 0 ? smolyak(noisy) : [];
  return [
    ...input.gaussians.flatMap(({ weight, factor }) =>
      gaussian.map(({ weight: part, z }) => {
        const x = new Float64Array(n);
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) x[i] += factor.data[i * n + j] * z[j];
        return { weight: weight * part, x, eps: noiseOf(z, n) };
      }),
    ),
    ...Array.from(input.probabilities).flatMap((probability, k) =>
      noise.map(({ weight: part, z }) => ({
        weight: probability * part,
        x: input.stimuli.data.slice(k * n, (k + 1) * n),
        eps: noiseOf(z, 0),
      })),
    ),
  ];
}

/** About how many samples `cubature` gives, without making them. */
export function cubatureSize(input: InputDistribution, sigma2: number, outputs: number): number {
  const noisy = sigma2 > 0 ? outputs : 0;
  // Nodes with three, two and one coordinate away from 0.
  const size = (d: number): number => 1 + 8 * binomial(d, 3) + 24 * binomial(d, 2) + 8 * d;
  return input.gaussians.length * size(input.size + noisy) + input.stimuli.rows * size(noisy);
}

/** Gauss-Hermite nodes and weights for N(0, 1), from the Jacobi matrix (Golub & Welsch 1969). */
function gaussHermite(count: number): { node: number; weight: number }[] {
  const jacobi = zeros(count, count);
  for (let k = 1; k < count; k++) {
    jacobi.data[k * count + k - 1] = jacobi.data[(k - 1) * count + k] = Math.sqrt(k);
  }
  const { values, vectors } = symmetricEigen(jacobi);
  return Array.from(values, (node, k) => ({ node, weight: vectors.data[k] ** 2 }));
}

/** Smolyak's rule for N(0, I_d): sum over levels l of (-1)^(q-|l|) binomial(d-1, q-|l|) times the product rule of l. */
function smolyak(dimensions: number): { weight: number; z: Float64Array }[] {
  if (dimensions === 0) return [{ weight: 1, z: new Float64Array(0) }];
  const rules = Array.from({ length: EXCESS + 1 }, (_, level) => gaussHermite(level + 1));
  const merged = new Map<string, { weight: number; z: Float64Array }>();
  const z = new Float64Array(dimensions);
  const visit = (axis: number, left: number, weight: number): void => {
    if (axis === dimensions) {
      const factor = weight * (left % 2 === 0 ? 1 : -1) * binomial(dimensions - 1, left);
      if (factor === 0) return;
      const key = z.join(' ');
      const known = merged.get(key);
      merged.set(key, { weight: factor + (known?.weight ?? 0), z: z.slice() });
      return;
    }
    for (let level = 0; level <= left; level++) {
      for (const { node, weight: part } of rules[level]) {
        z[axis] = Math.abs(node) < 1e-12 ? 0 : node;
        visit(axis + 1, left - level, weight * part);
      }
    }
  };
  visit(0, EXCESS, 1);
  return [...merged.values()].filter(({ weight }) => Math.abs(weight) > 1e-15);
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return result;
}
