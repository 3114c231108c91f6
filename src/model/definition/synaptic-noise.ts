import { InvalidInputError } from '#core';

/** Noise that every step adds to every weight of the chosen arrays, whatever the sample. */
export interface SynapticNoise {
  /** sigma^2 of the standard normal numbers zeta, times what `scaling` says. */
  readonly variance: number;
  /**
   * How it depends on the learning rate: `sqrt` adds sqrt(eta) sigma zeta, a variance of eta sigma^2 a step; `linear` adds
   * eta sigma zeta, a variance of eta^2 sigma^2.
   */
  readonly scaling: 'sqrt' | 'linear';
  /** Names of the arrays that have it, or all. */
  readonly layers: 'all' | readonly string[];
  /** Whether symmetric arrays get symmetric noise, as they do in a step of learning. */
  readonly symmetric: boolean;
}

/**
 * Which noise acts on a network: that of `learning` from random samples alone, without synaptic noise; `synaptic` noise alone, every step
 * by the mean over all samples, S <- S + eta E g(S, z) + noise; or `both`.
 */
export type NoiseSource = 'both' | 'learning' | 'synaptic';

interface NoisyModel {
  readonly synapticNoise?: SynapticNoise | undefined;
  readonly noiseSource?: NoiseSource | undefined;
}

/** Throws InvalidInputError where synaptic noise alone is to act and there is none. */
export function assertNoiseActs({ noiseSource, synapticNoise }: NoisyModel): void {
  if (noiseSource !== 'synaptic' || (synapticNoise && synapticNoise.variance > 0)) return;
  throw new InvalidInputError('found synaptic, but the model has no synapticNoise of a variance above 0', [
    'model',
    'noiseSource',
  ]);
}

/** The synaptic noise that acts. */
export const activeSynapticNoise = ({ synapticNoise, noiseSource }: NoisyModel): SynapticNoise | undefined =>
  noiseSource === 'learning' ? undefined : synapticNoise;

/** Whether steps draw samples. */
export const drawsSamples = ({ noiseSource }: NoisyModel): boolean => noiseSource !== 'synaptic';

/** What matters of an array of a state. */
interface NoisyArray {
  readonly name: string;
  readonly symmetric?: boolean;
  readonly isVelocity?: boolean;
}

/** Variance of the noise of one weight in a step. */
export function synapticVariance({ variance, scaling }: SynapticNoise, learningRate: number): number {
  return variance * (scaling === 'sqrt' ? learningRate : learningRate * learningRate);
}

/** Whether an array has synaptic noise. */
export const isNoisy = ({ layers }: SynapticNoise, { name, isVelocity = false }: NoisyArray): boolean =>
  !isVelocity && (layers === 'all' || layers.includes(name));

/** Whether the noise of an array is symmetric: entry (i, j) is that of (j, i). */
export const isSymmetricNoise = ({ symmetric }: SynapticNoise, array: NoisyArray): boolean =>
  symmetric && array.symmetric === true;
