import { blockNumber, isFirst } from '../commuting/block-index.js';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { ModeList } from '../commuting/mode-list.js';
import type { CommutingModes } from '../commuting/modes.js';

/** The matrix M of one plane as entries: a mode, the product x~_a x~_c of a partner block, and the three parts of its noise. */
export interface Coupling {
  readonly modes: Int32Array;
  readonly partners: Int32Array;
  /** Index of (mode, partner) in the table V of `rotationTensor`. */
  readonly slots: Int32Array;
  readonly data: Float64Array;
  /** Coefficients of the label noise eps_a x~_c and eps_c x~_a, (a, c) the first cell of the partner. */
  readonly fromP: Float64Array;
  readonly fromQ: Float64Array;
}

/** M^ab_ij = 2 T_ij mu_i / (mu_i + mu_j), summed over the modes j of each partner block. */
export function coupling(modes: CommutingModes, blocks: ModeBlocks, list: ModeList, a: number, b: number): Coupling {
  const { rank, columns } = modes;
  const { counts, curvature, x, z, fromP, fromQ } = blocks;
  const found: { mode: number; partner: number; slot: number; data: number; p: number; q: number }[] = [];
  const relate = (row: number, other: number, c: number, sign: number): void => {
    const [here, there] = [row * columns + c, other * columns + c];
    const swapped = !isFirst(other, c);
    for (let i = 0, at = here * MAX_MODES; i < counts[here]; i++, at++) {
      let [data, p, q] = [0, 0, 0];
      for (let j = 0, to = there * MAX_MODES; j < counts[there]; j++, to++) {
        const m = (2 * sign * (x[at] * x[to] + z[at] * z[to]) * curvature[at]) / (curvature[at] + curvature[to]);
        data += m * list.data[list.first[there] + j];
        p += m * fromP[to];
        q += m * fromQ[to];
      }
      found.push({
        mode: list.first[here] + i,
        partner: blockNumber(other, c, columns),
        slot: at * rank + other,
        data,
        p: swapped ? q : p,
        q: swapped ? p : q,
      });
    }
  };
  for (let c = 0; c < columns; c++) {
    relate(a, b, c, 1);
    relate(b, a, c, -1);
  }
  return {
    modes: Int32Array.from(found, ({ mode }) => mode),
    partners: Int32Array.from(found, ({ partner }) => partner),
    slots: Int32Array.from(found, ({ slot }) => slot),
    data: Float64Array.from(found, ({ data }) => data),
    fromP: Float64Array.from(found, ({ p }) => p),
    fromQ: Float64Array.from(found, ({ q }) => q),
  };
}
