import type { InputDistribution } from './distribution.js';
import { binomial, smolyak } from './smolyak.js';

/** Levels of Smolyak's rule: for the variables of a Gaussian, and for the label noise of a stimulus. */
interface CubatureLevels {
  readonly gaussian: number;
  readonly noise: number;
}

const LEVELS: CubatureLevels = { gaussian: 4, noise: 2 };

/** One weighted sample: the weights of all sum to 1, some may be negative. */
export interface WeightedSample {
  readonly weight: number;
  /** Input, n numbers. */
  readonly x: Float64Array;
  /** Label noise, m numbers. */
  readonly eps: Float64Array;
}

/**
 * Samples that represent an input distribution with label noise N(0, sigma2 I_m): weighted sums over them are the exact
 * expectations of polynomials in (x, eps) of total degree 2 level + 1, 9 unless given, and for stimuli of degree 5 in eps. Stimuli
 * are samples themselves; Gaussian variables are replaced by Smolyak's combination of Gauss-Hermite rules, O(d^level) samples for
 * d = n + m of them.
 */
export function cubature(
  input: InputDistribution,
  sigma2: number,
  outputs: number,
  levels: CubatureLevels = LEVELS,
): WeightedSample[] {
  const noisy = sigma2 > 0 ? outputs : 0;
  const deviation = Math.sqrt(sigma2);
  const noiseOf = (z: Float64Array, offset: number): Float64Array =>
    Float64Array.from({ length: outputs }, (_, i) => (noisy > 0 ? deviation * z[offset + i] : 0));
  const n = input.size;
  const gaussian = input.gaussians.length > 0 ? smolyak(n + noisy, levels.gaussian) : [];
  const noise = input.stimuli.rows > 0 ? smolyak(noisy, levels.noise) : [];
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

/** How many samples `cubature` gives, without making them. */
export function cubatureSize(input: InputDistribution, sigma2: number, outputs: number): number {
  const noisy = sigma2 > 0 ? outputs : 0;
  const d = input.size + noisy;
  // Nodes with four, three, two, one and no coordinate away from 0; of level 2, two at most.
  const gaussian = 16 * binomial(d, 4) + 32 * binomial(d, 3) + 32 * binomial(d, 2) + 12 * d + 1;
  const stimulus = 4 * binomial(noisy, 2) + 4 * noisy + 1;
  return input.gaussians.length * gaussian + input.stimuli.rows * stimulus;
}
