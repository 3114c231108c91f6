import { fromData } from '#linalg';
import type { InputDistribution } from '#model';
import { generator } from '#random';
import type { Solution } from '../../solution.js';

/** Rotations of a first answer, and the stimuli that its F is a sum over, in parts whose scatter gives its error. */
export const FIRST_ROTATIONS = 512;
const FIRST_STIMULI = 1024;
const PARTS = 4;

/** The largest standard error of a first answer over the probes, relative to each. */
export interface FirstErrors {
  readonly fluctuation: number;
  readonly diffusion: number;
  /** How many of the stimuli F is from. */
  readonly stimuli: number;
}

/**
 * Receives a first answer, with the function of the probes to its errors; null where all is exact but the limit of stability, of which
 * there is a bound only.
 */
export type FirstAnswer = (
  solution: Solution,
  errors: ((probes: readonly ArrayLike<number>[]) => FirstErrors) | null,
) => void;

type Fluctuation = Solution['fluctuation'];

/** Whether there are so many stimuli that a part of them is a first answer. */
export const hasFirstAnswer = ({ stimuli }: InputDistribution): boolean => stimuli.rows > 2 * FIRST_STIMULI;

/** Disjoint random parts of the stimuli, each in place of all, keyed by the seed. */
export function someStimuli(input: InputDistribution, seed: number): InputDistribution[] {
  const { stimuli, probabilities, size: n } = input;
  const random = generator(seed, 1, 'theorySelect');
  const order = Int32Array.from(probabilities, (_, k) => k);
  for (let k = 0; k < FIRST_STIMULI; k++) {
    const other = k + Math.floor(random.uniform() * (order.length - k));
    [order[k], order[other]] = [order[other], order[k]];
  }
  const share = probabilities.reduce((sum, value) => sum + value, 0);
  const size = FIRST_STIMULI / PARTS;
  return Array.from({ length: PARTS }, (_, part) => {
    const chosen = order.subarray(part * size, (part + 1) * size);
    const data = new Float64Array(size * n);
    chosen.forEach((k, row) => {
      data.set(stimuli.data.subarray(k * n, (k + 1) * n), row * n);
    });
    const weight = chosen.reduce((sum, k) => sum + probabilities[k], 0);
    return {
      ...input,
      stimuli: fromData(size, n, data),
      probabilities: Float64Array.from(chosen, (k) => (probabilities[k] * share) / weight),
    };
  });
}

/** F from disjoint parts of the stimuli. */
export class FluctuationOfParts {
  readonly #known = new Map<ArrayLike<number>, readonly number[]>();

  constructor(private readonly parts: readonly Fluctuation[]) {}

  readonly mean = (x: ArrayLike<number>): number => meanOf(this.#values(x));

  /** Standard error of the mean, relative. */
  errorOf(x: ArrayLike<number>): number {
    const values = this.#values(x);
    const mean = meanOf(values);
    const scatter = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return mean > 0 ? Math.sqrt(scatter / (values.length * (values.length - 1))) / mean : 0;
  }

  #values(x: ArrayLike<number>): readonly number[] {
    const values = this.#known.get(x) ?? this.parts.map((part) => part(x));
    this.#known.set(x, values);
    return values;
  }
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The error of the mean of the parts for these probes, and that of D from the scatter of its rotations. */
export function firstErrors(
  { drift, representation }: Solution,
  parts: FluctuationOfParts,
  probes: readonly ArrayLike<number>[],
): FirstErrors {
  const largest = (of: (x: ArrayLike<number>) => number): number =>
    probes.reduce((most, x) => Math.max(most, of(x)), 0);
  return {
    stimuli: FIRST_STIMULI,
    fluctuation: largest((x) => parts.errorOf(x)),
    diffusion: largest((x) => {
      const { value, se } = drift.diffusion.diffusionOf(representation(x));
      return value > 0 ? se / value : 0;
    }),
  };
}
