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
