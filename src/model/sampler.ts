import type { Generator, NormalSource } from '#random';
import type { InputDistribution } from './input.js';

/**
 * Walker's alias table: one uniform u picks entry k with probability p_k. Column c = floor(u K); the remainder of u K
 * decides between c (below `threshold[c]`) and `alias[c]`. Exact up to rounding, O(1) a draw. Shared with the kernel.
 */
export interface AliasTable {
  readonly threshold: Float64Array;
  readonly alias: Int32Array;
}

export function aliasTable(probabilities: ArrayLike<number>): AliasTable {
  const count = probabilities.length;
  const threshold = new Float64Array(count).fill(1);
  const alias = Int32Array.from({ length: count }, (_, k) => k);
  const scaled = Float64Array.from(probabilities, (probability) => probability * count);
  const small: number[] = [];
  const large: number[] = [];
  scaled.forEach((value, k) => (value < 1 ? small : large).push(k));
  for (;;) {
    const low = small.pop();
    const high = large.at(-1);
    if (low === undefined || high === undefined) break;
    threshold[low] = scaled[low];
    alias[low] = high;
    scaled[high] -= 1 - scaled[low];
    if (scaled[high] < 1) {
      large.pop();
      small.push(high);
    }
  }
  return { threshold, alias };
}

/** Probabilities of all entries: first the Gaussian parts, then the stimuli. */
export function entryProbabilities(input: InputDistribution): Float64Array {
  return Float64Array.from([...input.gaussians.map(({ weight }) => weight), ...input.probabilities]);
}

/**
 * Draws inputs. For every sample, in this order: one uniform of `select` if there is more than one entry; n normals if
 * there is any Gaussian part, whichever entry was picked, so that every sample consumes the same count.
 */
export class InputSampler {
  readonly #table: AliasTable | null;
  readonly #z: Float64Array;

  constructor(private readonly input: InputDistribution) {
    const probabilities = entryProbabilities(input);
    this.#table = probabilities.length > 1 ? aliasTable(probabilities) : null;
    this.#z = new Float64Array(input.gaussians.length > 0 ? input.size : 0);
  }

  /** Writes one input into x[offset .. offset + n). */
  draw(normal: NormalSource, select: Generator, x: Float64Array, offset: number): void {
    const { gaussians, stimuli, size: n } = this.input;
    const entry = this.#table ? pick(this.#table, select.uniform()) : 0;
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
  }
}

function pick({ threshold, alias }: AliasTable, u: number): number {
  const position = u * threshold.length;
  const column = Math.floor(position);
  return position - column < threshold[column] ? column : alias[column];
}
