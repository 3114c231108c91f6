import { assertBlocksFit } from '../../cost.js';
import type { Drift } from '../../rotation/drift.js';
import { planes } from '../../rotation/planes.js';
import type { Solution } from '../../solution.js';
import { blockCurvatures, modeBlocks, type ModeBlocks } from './hessian-blocks.js';
import { commutingLoss } from './loss.js';
import { minimumLossOf, representationOf, thetaOf, type CommutingModes } from './modes.js';
import { settlingOf } from './settling.js';

// What the paths `spectral`, `moments` and `sampled` have in common.

/** The blocks of the Hessian, and its normal eigenvalues (ascending). */
interface SolvedBlocks {
  readonly blocks: ModeBlocks;
  readonly curvatures: Float64Array;
}

/** Throws TheoryDomainError where the loss is flat or the blocks too many. */
export function solveBlocks(modes: CommutingModes): SolvedBlocks {
  assertBlocksFit(modes);
  const blocks = modeBlocks(modes);
  return { blocks, curvatures: blockCurvatures(modes, blocks) };
}

/** The solution but for fluctuation and stability; `noise` as `blockNoise` returns it. */
export function commutingSolution(
  modes: CommutingModes,
  { blocks, curvatures }: SolvedBlocks,
  noise: Float64Array,
  { diffusion, velocity }: Omit<Drift, 'planes'>,
): Omit<Solution, 'path' | 'fluctuation' | 'fluctuationAlong' | 'stability'> {
  return {
    singularValues: modes.singularValues,
    normalHessianEigenvalues: curvatures,
    drift: { planes: planes(modes.rank), diffusion, velocity },
    representation: (x) => representationOf(modes, x),
    regularizedLossWithoutLabelNoise: minimumLossOf(modes),
    ...commutingLoss(modes, blocks, noise),
    theta: thetaOf(modes),
    settling: (probes) => settlingOf(modes, blocks, noise, probes),
  };
}
