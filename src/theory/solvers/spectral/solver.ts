import { DiagonalCovariance } from '../../rotation/diagonal.js';
import type { Solution } from '../../solution.js';
import { blockFluctuationAlong } from '../commuting/fluctuation-along.js';
import { MAX_MODES } from '../commuting/hessian-blocks.js';
import { blockNoise } from '../commuting/gradient-noise.js';
import { blockLimit } from '../../stability/limit.js';
import type { CommutingModes } from '../commuting/modes.js';
import { commutingSolution, solveBlocks } from '../commuting/solution.js';
import { independentFluctuation } from './fluctuation.js';
import { rotationVariances } from './rotation-variances.js';
import type { ReflectionSymmetric } from './symmetry.js';

/**
 * A commuting task whose input is symmetric under reflections of the axes: planes are uncorrelated, and there is
 * no directed drift. O(r^2 W) time, O(r W) memory, W <= n + m. Throws TheoryDomainError as `solveBlocks` does.
 */
export function spectralSolution(modes: CommutingModes, input: ReflectionSymmetric): Solution {
  const solved = solveBlocks(modes);
  const noise = blockNoise(modes, solved.blocks, input.productVariance);
  const variances = rotationVariances(modes, solved.blocks, noise, input);
  const drift = { diffusion: new DiagonalCovariance(variances), velocity: new Float64Array(variances.length) };
  const { fromP } = solved.blocks;
  /** Cov(xi_aa, xi_bb). */
  const diagonalNoise = (a: number, b: number): number => {
    const [p, q] = [a, b].map((c) => fromP[(c * modes.columns + c) * MAX_MODES] * modes.residual[c]);
    return (p * q * input.squareCovariance(a, b)) / modes.batchSize;
  };
  return {
    path: 'spectral',
    ...commutingSolution(modes, solved, noise, drift),
    fluctuation: independentFluctuation(modes, solved.blocks, noise),
    fluctuationAlong: blockFluctuationAlong(modes, solved.blocks, noise, diagonalNoise),
    stability: blockLimit(modes, solved.blocks, input.squares, true),
  };
}
