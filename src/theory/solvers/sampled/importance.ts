import { dot, row, trace } from '#linalg';
import { Samples, type InputDistribution } from '#model';

/** Share of the draws that keep the probabilities of the input: no weight is larger than the root of its inverse. */
const PLAIN = 0.2;

/**
 * Draws of an input in which stimuli come up in proportion to the size of their products x~ x~^T, with weights that leave second moments
 * of the products as they are: an average over few of them scatters less, because no rare stimulus dominates it.
 */
export class ImportantSamples {
  readonly #samples: Samples;
  /** Square root of the probability over that of being drawn, Gaussian parts first. */
  readonly #weights: Float64Array;

  constructor(input: InputDistribution, seed: number) {
    const { gaussians, stimuli, probabilities } = input;
    const plain = [...gaussians.map(({ weight }) => weight), ...probabilities];
    const size = Float64Array.from(plain, (_, entry) =>
      entry < gaussians.length
        ? trace(gaussians[entry].covariance) ** 2
        : squaredLength(row(stimuli, entry - gaussians.length)) ** 2,
    );
    const mean = dot(Float64Array.from(plain), size);
    const drawn = plain.map((probability, e) => probability * (PLAIN + (1 - PLAIN) * (mean > 0 ? size[e] / mean : 1)));
    this.#weights = Float64Array.from(plain, (probability, e) => Math.sqrt(probability / drawn[e]));
    this.#samples = new Samples(
      {
        ...input,
        gaussians: gaussians.map((part, e) => ({ ...part, weight: drawn[e] })),
        probabilities: Float64Array.from(drawn.slice(gaussians.length)),
      },
      seed,
    );
  }

  /**
   * Writes an input into x and returns its weight, with a random sign: products of different draws then have the mean 0, although each
   * has another mean than the input.
   */
  draw(x: Float64Array): number {
    const weight = this.#weights[this.#samples.draw(x)];
    return this.#samples.positive() > 0.5 ? weight : -weight;
  }

  normal(): number {
    return this.#samples.normal();
  }
}

const squaredLength = (x: Float64Array): number => dot(x, x);
