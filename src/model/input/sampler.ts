import type { Generator, NormalSource, Shuffle } from '#random';
import { aliasTable, pick, type AliasTable } from './alias-table.js';
import type { InputDistribution } from './distribution.js';

/** Probabilities of all entries: first the Gaussian parts, then the stimuli. */
export function entryProbabilities(input: InputDistribution): Float64Array {
  return Float64Array.from([...input.gaussians.map(({ weight }) => weight), ...input.probabilities]);
}

/**
 * Draws inputs. For every sample, in this order: one uniform of `select` if there is more than one entry; n normals if
 * there is any Gaussian part, whichever entry was picked, so that every sample consumes the same count. A shuffle picks the entry where
 * there are stimuli only, in epochs.
 */
export class InputSampler {
  readonly #table: AliasTable | null;
  readonly #z: Float64Array;

  constructor(private readonly input: InputDistribution) {
    const probabilities = entryProbabilities(input);
    this.#table = probabilities.length > 1 ? aliasTable(probabilities) : null;
    this.#z = new Float64Array(input.gaussians.length > 0 ? input.size : 0);
  }

  /** Writes one input into x[offset .. offset + n) and returns the number of its entry. */
  draw(
    normal: NormalSource,
    select: Generator,
    x: Float64Array,
    offset: number,
    shuffle: Shuffle | null = null,
  ): number {
    const { gaussians, stimuli, size: n } = this.input;
    const entry = shuffle ? shuffle.next() : this.#table ? pick(this.#table, select.uniform()) : 0;
    const z = this.#z;
    for (let j = 0; j < z.length; j++) z[j] = normal.next();
    if (entry < gaussians.length) {
      const factor = gaussians[entry].factor.data;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += factor[i * n + j] * z[j];
        x[offset + i] = sum;
      }
    } else {
      const start = (entry - gaussians.length) * n;
      for (let i = 0; i < n; i++) x[offset + i] = stimuli.data[start + i];
    }
    return entry;
  }
}
