import { generator, NormalSource, type Generator } from '#random';
import type { InputDistribution } from './distribution.js';
import { InputSampler } from './sampler.js';

/** Inputs, normals and uniforms for predictions by samples, keyed by a seed and apart from those of the replicas. */
export class Samples {
  readonly #sampler: InputSampler;
  readonly #normal: NormalSource;
  readonly #select: Generator;

  constructor(input: InputDistribution, seed: number) {
    this.#sampler = new InputSampler(input);
    this.#normal = new NormalSource(generator(seed, 0, 'theory'), generator(seed, 0, 'theoryRetry'));
    this.#select = generator(seed, 0, 'theorySelect');
  }

  /** Writes one input into x (n numbers) and returns the number of its entry: Gaussian parts first, then stimuli. */
  draw(x: Float64Array): number {
    return this.#sampler.draw(this.#normal, this.#select, x, 0);
  }

  normal(): number {
    return this.#normal.next();
  }

  /** Uniform on (0, 1]. */
  positive(): number {
    return this.#select.positive();
  }
}
