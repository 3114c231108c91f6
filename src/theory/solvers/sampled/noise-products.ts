import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';

/**
 * A product of which the gradient noise is made: xi_k of mode k of cell (a, c) is the sum over products of coefficient_k times
 * left_a right_c less its mean, left and right the input x~ or the error e~.
 */
export interface NoiseProduct {
  readonly isErrorLeft: boolean;
  readonly isErrorRight: boolean;
  /** For each mode of each cell, in the order of `ModeBlocks`. */
  readonly coefficients: Float64Array;
  /** Of left_a right_a, for the learned modes. */
  readonly means: Float64Array;
}

/** rho_a fromP + rho_c fromQ: the part of x~_a x~_c in the noise of each mode. Cells (a, c) and (c, a) of a block have the same numbers. */
export function dataCoefficients({ rank, columns, residual }: CommutingModes, blocks: ModeBlocks): Float64Array {
  return blocks.fromP.map((p, at) => {
    const cell = Math.floor(at / MAX_MODES);
    const [a, c] = [Math.floor(cell / columns), cell % columns];
    return a < rank ? residual[a] * p + residual[c] * blocks.fromQ[at] : 0;
  });
}

/** x~_a x~_c alone without label noise, where e~ = rho x~; otherwise e~_a x~_c and x~_a e~_c. */
export function noiseProducts(modes: CommutingModes, blocks: ModeBlocks): NoiseProduct[] {
  const { rank, variance, residual, labelNoiseVariance } = modes;
  const means = variance.slice(0, rank);
  if (labelNoiseVariance === 0) {
    return [{ isErrorLeft: false, isErrorRight: false, coefficients: dataCoefficients(modes, blocks), means }];
  }
  const withError = means.map((value, a) => residual[a] * value);
  return [
    { isErrorLeft: true, isErrorRight: false, coefficients: blocks.fromP, means: withError },
    { isErrorLeft: false, isErrorRight: true, coefficients: blocks.fromQ, means: withError },
  ];
}
