import { PRODUCT_DEPTH, transposeColumns } from '#linalg';
import type { InputDistribution } from './distribution.js';

/** Some of the stimuli, coordinate by coordinate, in the order of the distribution. */
export interface StimulusBlock {
  readonly count: number;
  /** x_c of each stimulus, n x count. */
  readonly columns: Float64Array;
  /** Probability times x_c, n x count. */
  readonly weighted: Float64Array;
  readonly probabilities: Float64Array;
}

/** The stimuli of a distribution in blocks, for sums over all of them by `addWideProduct`. The arrays of a block serve the next one, too. */
export function* stimulusBlocks({ size: n, stimuli, probabilities }: InputDistribution): Generator<StimulusBlock> {
  const size = Math.min(PRODUCT_DEPTH, stimuli.rows);
  const columns = new Float64Array(n * size);
  const weighted = new Float64Array(columns.length);
  for (let from = 0; from < stimuli.rows; from += size) {
    const count = Math.min(size, stimuli.rows - from);
    const own = probabilities.subarray(from, from + count);
    const of = (values: Float64Array): Float64Array => values.subarray(0, n * count);
    transposeColumns(of(columns), stimuli.data.subarray(from * n, (from + count) * n), n, 0, count);
    for (let c = 0, at = 0; c < n; c++) for (let k = 0; k < count; k++, at++) weighted[at] = own[k] * columns[at];
    yield { count, columns: of(columns), weighted: of(weighted), probabilities: own };
  }
}
