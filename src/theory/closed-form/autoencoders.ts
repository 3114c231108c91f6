import { levelForms, type LevelForms } from './levels.js';

/** Parameters of the isotropic autoencoder: x ~ N(0, lambda I_n), target identity, p >= n hidden units. */
export interface IsotropicAutoencoder {
  readonly inputs: number;
  /** lambda. */
  readonly variance: number;
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly learningRate: number;
  readonly batchSize: number;
}

/**
 * Closed forms of the isotropic autoencoder. With s = 1 - gamma/lambda and q = gamma^2/lambda + sigma2/2:
 *   kappa = eta^3 lambda / (8 s) [ (n+2) q^2 + (n-2) s sigma2^2 / 4 ]   rotation variance per step in each plane (rad^2);
 *   D(x) = (n-1) kappa |h|^2,  |h|^2 = s |x|^2;
 *   F(x) = eta |x|^2 [ (n+1) q / 4 + (n-1) s sigma2 / 8 ].
 * A batch of B divides the noise covariance by B: F by B, kappa by B^2. Valid for 0 < gamma < lambda; leading order in eta.
 */
export function isotropicAutoencoder(parameters: IsotropicAutoencoder): {
  singularValue: number;
  rotationVariance: number;
  fluctuation: (squaredNormOfX: number) => number;
  diffusion: (squaredNormOfX: number) => number;
} {
  const { inputs: n, variance, weightDecay, labelNoiseVariance: sigma2, learningRate, batchSize } = parameters;
  const s = 1 - weightDecay / variance;
  if (!(weightDecay > 0 && s > 0)) {
    throw new RangeError(`the closed form needs 0 < weightDecay < ${variance}, got ${weightDecay}`);
  }
  const q = weightDecay ** 2 / variance + sigma2 / 2;
  const bracket = (n + 2) * q * q + ((n - 2) * s * sigma2 * sigma2) / 4;
  const rotationVariance = ((learningRate ** 3 * variance) / (8 * s)) * (bracket / batchSize ** 2);
  return {
    singularValue: s,
    rotationVariance,
    fluctuation: (xx) => ((learningRate * xx) / batchSize) * (((n + 1) * q) / 4 + ((n - 1) * s * sigma2) / 8),
    diffusion: (xx) => (n - 1) * rotationVariance * s * xx,
  };
}

/** Parameters of learning; the target is the identity, with p >= n hidden units. */
interface Learning {
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly learningRate: number;
  readonly batchSize: number;
}

/** n1 inputs of variance lambda1 and n2 of lambda2, all independent Gaussians. */
export interface TwoLevelAutoencoder extends Learning {
  readonly counts: readonly [number, number];
  readonly variances: readonly [number, number];
}

/**
 * Closed forms of the two-level autoencoder, levels 0 and 1: relevant inputs (lambda1 > gamma) with irrelevant ones
 * (lambda2 <= gamma, not learned), or two learned levels. A stimulus with parts in both levels has the sum of their F and of
 * their D. With an irrelevant level j the rotation variance of the isotropic autoencoder gains for each of its inputs
 *   (eta^3 / (8 s^2)) tr C L,  H = [ l_j s + gamma, -l_j; -l_j, l ],  C = (s/B) [ (gamma^2/l + sigma2) l_j, gamma l_j; gamma l_j,
 *   (l_j + sigma2) l ],  H L + L H = C:
 * inputs that are not learned still drive drift. The other formulas are those of `levelForms`. Leading order in eta. O(1).
 */
export function twoLevelAutoencoder({ counts, variances, ...learning }: TwoLevelAutoencoder): LevelForms {
  return levelForms({
    ...learning,
    levels: counts.map((count, k) => ({ count, variance: variances[k], squareVariance: 2 * variances[k] ** 2 })),
    productVariance: (A, C) => variances[A] * variances[C],
  });
}

/** Stimulus x1 with probability f, otherwise x ~ N(0, lambda I_n). */
export interface FrequencyAutoencoder extends Learning {
  readonly inputs: number;
  /** lambda. */
  readonly variance: number;
  /** f. */
  readonly frequency: number;
  /** |x1|^2. */
  readonly stimulusSquaredNorm: number;
}

/**
 * Closed forms of a stimulus over an isotropic background, as functions of its frequency: level 0 is the axis of x1, of
 * second moment (1-f) lambda + f |x1|^2, level 1 the orthogonal axes, of second moment (1-f) lambda. With
 * E x_a^2 x_c^2 = (1-f) lambda^2 for a != c, Var(x_1^2) = 3 (1-f) lambda^2 + f |x1|^4 - E(x_1^2)^2 and Var(x_a^2) alike, `levelForms`
 * gives D(x1) = diffusion(0, |x1|^2), D of an orthogonal probe = diffusion(1, |x|^2), and F. Leading order in eta. O(1).
 */
export function frequencyAutoencoder({
  inputs,
  variance,
  frequency: f,
  stimulusSquaredNorm: square,
  ...learning
}: FrequencyAutoencoder): LevelForms {
  const fourth = 3 * (1 - f) * variance ** 2;
  const background = (1 - f) * variance;
  const axis = background + f * square;
  return levelForms({
    ...learning,
    levels: [
      { count: 1, variance: axis, squareVariance: fourth + f * square ** 2 - axis ** 2 },
      { count: inputs - 1, variance: background, squareVariance: fourth - background ** 2 },
    ],
    productVariance: () => (1 - f) * variance ** 2,
  });
}
