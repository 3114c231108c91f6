import { blockCount } from '../commuting/block-index.js';
import type { CommutingModes } from '../commuting/modes.js';
import type { Coupling } from './coupling.js';

/** E x~_c^2 and E x~_a^2 for every block, (a, c) its first cell; on the diagonal only the first is used. */
export function labelVariances({ rank, columns, variance }: CommutingModes) {
  const firstVariance = new Float64Array(blockCount(rank, columns));
  const secondVariance = new Float64Array(firstVariance.length);
  for (let a = 0, block = 0; a < rank; a++) {
    for (let c = a; c < columns; c++, block++) {
      firstVariance[block] = variance[c];
      secondVariance[block] = variance[a];
    }
  }
  return { firstVariance, secondVariance };
}

/** The sum over the partner blocks that two planes share, which label noise adds. */
export function labelSum(
  { modes, partners, fromP, fromQ }: Coupling,
  place: Int32Array,
  width: number,
  yp: Float64Array,
  firstVariance: Float64Array,
  yq: Float64Array,
  secondVariance: Float64Array,
): number {
  let sum = 0;
  for (let k = 0; k < modes.length; k++) {
    const block = partners[k];
    if (place[block] < 0) continue;
    const at = modes[k] * width + place[block];
    sum += fromP[k] * firstVariance[block] * yp[at] + fromQ[k] * secondVariance[block] * yq[at];
  }
  return sum;
}
