import type { InputDistribution } from '#model';
import { assertSamplesFit, sampleCount } from '../../cost.js';
import { SampledCovariance } from '../../rotation/sampled.js';
import type { Solution } from '../../solution.js';
import { commutingLimit } from '../../stability/limit.js';
import { blockFluctuationAlong } from '../commuting/fluctuation-along.js';
import { blockNoise } from '../commuting/gradient-noise.js';
import { inputInModes, type CommutingModes } from '../commuting/modes.js';
import { commutingSolution, solveBlocks } from '../commuting/solution.js';
import { fluctuationOf } from './fluctuation.js';
import { dataCoefficients } from './noise-products.js';
import { sampledRotations } from './rotations.js';
import { squareMoments } from './square-moments.js';
import { squareSkeleton } from './unlearned.js';
import { velocityOf } from './velocity.js';

/**
 * A commuting task with any input: the rotation tensor by samples keyed by `seed`, everything else exact. Cost: see
 * `sampledRotations` and `squareMoments`. Throws TheoryDomainError as `solveBlocks` does, and when the computation does not fit.
 */
export function sampledSolution(
  modes: CommutingModes,
  input: InputDistribution,
  seed: number,
  count = sampleCount(modes),
): Solution {
  assertSamplesFit(modes, input);
  const solved = solveBlocks(modes);
  const { blocks } = solved;
  const coordinates = inputInModes(modes, input);
  const data = dataCoefficients(modes, blocks);
  const skeleton = squareSkeleton(modes, blocks, data);
  const moments = squareMoments(modes, coordinates, skeleton);
  const { data: squares, cols: n } = moments.squares;
  const noise = blockNoise(modes, blocks, (a, c) =>
    c < n ? squares[a * n + c] - (a === c ? modes.variance[a] ** 2 : 0) : 0,
  );
  const drift = {
    diffusion: new SampledCovariance(sampledRotations(modes, blocks, noise, coordinates, seed, count)),
    velocity: velocityOf(modes, blocks, data, moments, skeleton),
  };
  return {
    path: 'sampled',
    ...commutingSolution(modes, solved, noise, drift),
    fluctuation: fluctuationOf(modes, blocks, noise, data, moments, skeleton, coordinates),
    fluctuationAlong: blockFluctuationAlong(modes, blocks, noise, null),
    stability: commutingLimit(modes, blocks, coordinates),
  };
}
