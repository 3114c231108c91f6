import type { Matrix } from '#linalg';
import type { InputDistribution } from '#model';
import { assertSamplesFit, sampleCount, samplingShares } from '../../cost.js';
import type { StabilityLimit } from '../../domain.js';
import { SampledCovariance } from '../../rotation/sampled.js';
import type { Solution } from '../../solution.js';
import { commutingLimit } from '../../stability/limit.js';
import { blockFluctuationAlong } from '../commuting/fluctuation-along.js';
import { blockNoise } from '../commuting/gradient-noise.js';
import { inputInModes, type CommutingModes } from '../commuting/modes.js';
import { commutingSolution, solveBlocks } from '../commuting/solution.js';
import {
  FIRST_ROTATIONS,
  firstErrors,
  FluctuationOfParts,
  hasFirstAnswer,
  someStimuli,
  type FirstAnswer,
} from './first-answer.js';
import { fluctuationOf } from './fluctuation.js';
import { dataCoefficients } from './noise-products.js';
import { sampledRotations } from './rotations.js';
import { squareMoments, type SquareMoments } from './square-moments.js';
import { squareSkeleton } from './unlearned.js';
import { velocityOf } from './velocity.js';

interface SamplingOptions {
  readonly seed: number;
  /** Rotations of the tensor. */
  readonly count?: number | undefined;
  readonly progress?: ((share: number) => void) | undefined;
  readonly first?: FirstAnswer | undefined;
}

/**
 * A commuting task with any input: the rotation tensor by samples keyed by `seed`, everything else exact. Cost: see
 * `sampledRotations` and `squareMoments`. Throws TheoryDomainError as `solveBlocks` does, and when the computation does not fit.
 */
export function sampledSolution(
  modes: CommutingModes,
  input: InputDistribution,
  { seed, count = sampleCount(modes, input), progress, first }: SamplingOptions,
): Solution {
  assertSamplesFit(modes, input);
  const shares = samplingShares(modes, input, count);
  progress?.(shares.axes);
  const solved = solveBlocks(modes);
  const { blocks } = solved;
  const coordinates = inputInModes(modes, input);
  progress?.(shares.coordinates);
  const data = dataCoefficients(modes, blocks);
  const skeleton = squareSkeleton(modes, blocks, data);
  const moments = squareMoments(modes, coordinates, skeleton);
  const { data: squares, cols: n } = moments.squares;
  const noise = blockNoise(modes, blocks, (a, c) =>
    c < n ? squares[a * n + c] - (a === c ? modes.variance[a] ** 2 : 0) : 0,
  );
  const velocity = velocityOf(modes, blocks, data, moments, skeleton);
  progress?.(shares.moments);
  const fluctuationFrom = (part: InputDistribution, ofPart: SquareMoments) =>
    fluctuationOf(modes, blocks, noise, data, ofPart, skeleton, part);
  const solutionOf = (
    rotations: Matrix,
    fluctuation: Solution['fluctuation'],
    stability: StabilityLimit,
  ): Solution => ({
    path: 'sampled',
    ...commutingSolution(modes, solved, noise, { diffusion: new SampledCovariance(rotations), velocity }),
    fluctuation,
    fluctuationAlong: blockFluctuationAlong(modes, blocks, noise, null),
    stability,
  });
  if (first && hasFirstAnswer(input)) {
    const parts = new FluctuationOfParts(
      someStimuli(coordinates, seed).map((part) => fluctuationFrom(part, squareMoments(modes, part, skeleton))),
    );
    const few = sampledRotations(modes, blocks, noise, coordinates, seed, Math.min(FIRST_ROTATIONS, count));
    const steepest = solved.curvatures[solved.curvatures.length - 1];
    const answer = solutionOf(few, parts.mean, { learningRate: 2 / steepest, exact: false });
    first(answer, (probes) => firstErrors(answer, parts, probes));
  }
  const rotations = sampledRotations(modes, blocks, noise, coordinates, seed, count, (share) =>
    progress?.(shares.moments + share * (shares.rotations - shares.moments)),
  );
  return solutionOf(rotations, fluctuationFrom(coordinates, moments), commutingLimit(modes, blocks, coordinates));
}
