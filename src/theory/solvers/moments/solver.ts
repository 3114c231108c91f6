import type { InputDistribution } from '#model';
import { DenseCovariance } from '../../rotation/dense.js';
import type { Solution } from '../../solution.js';
import { commutingLimit } from '../../stability/limit.js';
import { blockNumber } from '../commuting/block-index.js';
import { fluctuation } from '../commuting/fluctuation.js';
import { fluctuationAlong } from '../commuting/fluctuation-along.js';
import { blockNoise, type ProductCovariance } from '../commuting/gradient-noise.js';
import { modeList } from '../commuting/mode-list.js';
import { inputInModes, type CommutingModes } from '../commuting/modes.js';
import { commutingSolution, solveBlocks } from '../commuting/solution.js';
import { blockVelocity } from '../commuting/velocity.js';
import { productCovariances } from './fourth-moments.js';
import { normalCovariance } from './normal-covariance.js';
import { rotationTensor } from './rotation-tensor.js';

/**
 * A commuting task with any input, exactly, through the fourth moments of the first r and all coordinates. Cost: see
 * `productCovariances` and `rotationTensor`. Throws TheoryDomainError as `solveBlocks` does.
 */
export function momentSolution(modes: CommutingModes, input: InputDistribution): Solution {
  const solved = solveBlocks(modes);
  const { blocks } = solved;
  const coordinates = inputInModes(modes, input);
  const moments = productCovariances(modes, coordinates);
  const covariance: ProductCovariance = (a, c, b, d) =>
    moments.data[blockNumber(a, c, modes.columns) * moments.cols + blockNumber(b, d, modes.columns)];
  const noise = blockNoise(modes, blocks, (a, c) => covariance(a, c, a, c));
  const list = modeList(modes, blocks);
  const drift = {
    diffusion: new DenseCovariance(rotationTensor(modes, blocks, list, moments)),
    velocity: blockVelocity(modes, blocks, list, covariance),
  };
  return {
    path: 'moments',
    ...commutingSolution(modes, solved, noise, drift),
    fluctuation: fluctuation(modes, blocks, list, noise, covariance),
    fluctuationAlong: fluctuationAlong(modes, blocks, list, normalCovariance(modes, blocks, list, moments)),
    stability: commutingLimit(modes, blocks, coordinates),
  };
}
