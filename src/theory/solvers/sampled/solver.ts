import type { InputDistribution } from '#model';
import { assertSamplesFit } from '../../cost.js';
import { SampledCovariance } from '../../rotation/sampled.js';
import type { Solution } from '../../solution.js';
import { commutingLimit } from '../../stability/limit.js';
import { fluctuation } from '../commuting/fluctuation.js';
import { blockFluctuationAlong } from '../commuting/fluctuation-along.js';
import { blockNoise, type ProductCovariance } from '../commuting/gradient-noise.js';
import { modeList } from '../commuting/mode-list.js';
import { inputInModes, type CommutingModes } from '../commuting/modes.js';
import { commutingSolution, solveBlocks } from '../commuting/solution.js';
import { blockVelocity } from '../commuting/velocity.js';
import { MIN_SAMPLES, sampledRotations } from './rotations.js';
import { squareMoments } from './square-moments.js';

/**
 * A commuting task with any input: the rotation tensor by samples keyed by `seed`, everything else exact. Cost: see
 * `sampledRotations` and `squareMoments`. Throws TheoryDomainError as `solveBlocks` does, and when the computation does not fit.
 */
export function sampledSolution(modes: CommutingModes, input: InputDistribution, seed: number): Solution {
  assertSamplesFit(modes, input, MIN_SAMPLES);
  const solved = solveBlocks(modes);
  const { blocks } = solved;
  const coordinates = inputInModes(modes, input);
  const square = squareMoments(modes, coordinates);
  const noise = blockNoise(modes, blocks, (a, c) => square(a, c, c) - (a === c ? modes.variance[a] ** 2 : 0));
  const list = modeList(modes, blocks);
  // Called only for products that share a coordinate and differ in the other, whose means vanish.
  const covariance: ProductCovariance = (a, c, b, d) => (a === b ? square(a, c, d) : square(c, a, b));
  const drift = {
    diffusion: new SampledCovariance(sampledRotations(modes, blocks, noise, coordinates, seed)),
    velocity: blockVelocity(modes, blocks, list, covariance),
  };
  return {
    path: 'sampled',
    ...commutingSolution(modes, solved, noise, drift),
    fluctuation: fluctuation(modes, blocks, list, noise, covariance),
    fluctuationAlong: blockFluctuationAlong(modes, blocks, noise, null),
    stability: commutingLimit(modes, blocks, coordinates),
  };
}
