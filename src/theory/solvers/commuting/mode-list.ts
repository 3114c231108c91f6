import { blockNumber } from './block-index.js';
import { MAX_MODES, type ModeBlocks } from './hessian-blocks.js';
import type { CommutingModes } from './modes.js';

/** The normal modes in one list: block by block, in the order of `blockNumber`. */
export interface ModeList {
  readonly count: number;
  /** First mode of each cell's block, r W. */
  readonly first: Int32Array;
  readonly block: Int32Array;
  readonly curvature: Float64Array;
  /** xi_i = data_i x~_a x~_c + fromP_i eps_a x~_c + fromQ_i eps_c x~_a, a and c of the block's first cell. */
  readonly data: Float64Array;
}

export function modeList(modes: CommutingModes, { counts, curvature, fromP, fromQ }: ModeBlocks): ModeList {
  const { rank, columns, residual } = modes;
  const first = new Int32Array(rank * columns);
  const block: number[] = [];
  const mu: number[] = [];
  const data: number[] = [];
  for (let a = 0; a < rank; a++) {
    for (let c = a; c < columns; c++) {
      const cell = a * columns + c;
      first[cell] = block.length;
      if (c < rank) first[c * columns + a] = block.length;
      for (let k = 0, p = cell * MAX_MODES; k < counts[cell]; k++, p++) {
        block.push(blockNumber(a, c, columns));
        mu.push(curvature[p]);
        data.push(residual[a] * fromP[p] + residual[c] * fromQ[p]);
      }
    }
  }
  return {
    count: block.length,
    first,
    block: Int32Array.from(block),
    curvature: Float64Array.from(mu),
    data: Float64Array.from(data),
  };
}
