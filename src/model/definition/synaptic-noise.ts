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

/** What matters of an array of a state. */
interface NoisyArray {
  readonly name: string;
  readonly symmetric?: boolean;
}

/** Variance of the noise of one weight in a step. */
export function synapticVariance({ variance, scaling }: SynapticNoise, learningRate: number): number {
  return variance * (scaling === 'sqrt' ? learningRate : learningRate * learningRate);
}

/** Whether an array has synaptic noise. */
export const isNoisy = ({ layers }: SynapticNoise, { name }: NoisyArray): boolean =>
  layers === 'all' || layers.includes(name);

/** Whether the noise of an array is symmetric: entry (i, j) is that of (j, i). */
export const isSymmetricNoise = ({ symmetric }: SynapticNoise, array: NoisyArray): boolean =>
  symmetric && array.symmetric === true;
