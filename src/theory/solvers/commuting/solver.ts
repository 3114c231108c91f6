import { dot, row } from '#linalg';
import type { InputDistribution, Model } from '#model';
import { blockNoise, normalCovariance } from './gradient-noise.js';
import { commutingLoss } from './loss.js';
import { commutingModes, minimumLossOf, modesOf, representationOf, thetaOf, type CommutingModes } from './modes.js';
import { refuseManyBlocks, refuseUnsampled, refuseUnstable } from '../../cost.js';
import { learnedAxes } from '../../minimum/minimum.js';
import { blockCurvatures, modeBlocks, type ModeBlocks } from './hessian-blocks.js';
import { blockNumber, inModeCoordinates, productCovariance } from '../moments/fourth-moments.js';
import type { ReflectionSymmetric } from '../spectral/symmetry.js';
import type { RotationCovariance } from '../../rotation/covariance.js';
import { planes } from '../../rotation/planes.js';
import { MIN_SAMPLES, sampledRotations } from '../sampled/rotations.js';
import type { SharedAxis } from '../../minimum/shared-axes.js';
import type { Solution } from '../../solution.js';
import { rotationVariances } from '../spectral/rotation-variances.js';
import { squareMoments } from '../sampled/square-moments.js';
import { blockVelocity, fluctuationForm, modeList, rotationTensor, type ProductCovariance } from './structured.js';

/** A task that shares its axes with the input. */
interface CommutingProblem {
  readonly model: Model;
  readonly modes: CommutingModes;
}

/** Throws TheoryDomainError as `minimum` does. */
export function commutingProblem(model: Model, axes: readonly SharedAxis[]): CommutingProblem {
  return { model, modes: commutingModes(model, learnedAxes(model, axes)) };
}

/** Throws TheoryDomainError where the loss is flat, the step unstable, or the blocks too many. */
function solveBlocks({ model, modes }: CommutingProblem): { blocks: ModeBlocks; curvatures: Float64Array } {
  refuseManyBlocks(modes);
  const blocks = modeBlocks(modes);
  const curvatures = blockCurvatures(modes, blocks);
  refuseUnstable(model, curvatures[curvatures.length - 1]);
  return { blocks, curvatures };
}

/** An input whose moments are symmetric under reflections of the axes. O(r^2 W) time, O(r W) memory, W <= n + m. */
export function spectralSolution(problem: CommutingProblem, input: ReflectionSymmetric): Solution {
  const { modes } = problem;
  const { blocks, curvatures } = solveBlocks(problem);
  const noise = blockNoise(modes, blocks, input.productVariance);
  const variances = rotationVariances(modes, blocks, noise, input);
  const form = fluctuationDiagonal(modes, blocks, noise);
  return {
    ...shared(problem, blocks, curvatures, noise, { kind: 'diagonal', variances }, new Float64Array(variances.length)),
    path: 'spectral',
    fluctuation: (x) =>
      dot(
        form,
        modesOf(modes, x).map((value) => value * value),
      ),
  };
}

/** Any input, exactly, through the fourth moments of the first r and all coordinates. Cost: see `rotationTensor`. */
export function momentSolution(problem: CommutingProblem): Solution {
  const { modes, model } = problem;
  const { blocks, curvatures } = solveBlocks(problem);
  const moments = productCovariance(modes, inModeCoordinates(modes, model.input));
  const covariance: ProductCovariance = (a, c, b, d) =>
    moments.data[blockNumber(a, c, modes.columns) * moments.cols + blockNumber(b, d, modes.columns)];
  const noise = blockNoise(modes, blocks, (a, c) => covariance(a, c, a, c));
  const list = modeList(modes, blocks);
  const matrix = rotationTensor(modes, blocks, list, moments);
  const velocity = blockVelocity(modes, blocks, list, covariance);
  return {
    ...shared(problem, blocks, curvatures, noise, { kind: 'dense', matrix }, velocity),
    path: 'moments',
    fluctuation: quadraticForm(modes, fluctuationForm(modes, blocks, list, noise, covariance)),
  };
}

/**
 * Any input; the tensor by samples keyed by `seed`, everything else exact. Throws TheoryDomainError when it cannot fit.
 * Cost: see `sampledRotations` and `squareMoments`.
 */
export function sampledSolution(problem: CommutingProblem, seed: number): Solution {
  const { modes, model } = problem;
  refuseUnsampled(model, modes, MIN_SAMPLES);
  const { blocks, curvatures } = solveBlocks(problem);
  const input: InputDistribution = inModeCoordinates(modes, model.input);
  const square = squareMoments(modes, input);
  const noise = blockNoise(modes, blocks, (a, c) => square(a, c, c) - (a === c ? modes.variance[a] ** 2 : 0));
  const list = modeList(modes, blocks);
  // Asked for nothing but products that share a coordinate; their means vanish.
  const covariance: ProductCovariance = (a, c, b, d) => (a === b ? square(a, c, d) : square(c, a, b));
  const rotations = sampledRotations(modes, blocks, noise, input, seed);
  const velocity = blockVelocity(modes, blocks, list, covariance);
  return {
    ...shared(problem, blocks, curvatures, noise, { kind: 'sampled', rotations }, velocity),
    path: 'sampled',
    fluctuation: quadraticForm(modes, fluctuationForm(modes, blocks, list, noise, covariance)),
  };
}

function shared(
  { modes }: CommutingProblem,
  blocks: ModeBlocks,
  curvatures: Float64Array,
  noise: Float64Array,
  diffusion: RotationCovariance,
  velocity: Float64Array,
): Omit<Solution, 'path' | 'fluctuation'> {
  return {
    singularValues: modes.singularValues,
    normalHessianEigenvalues: curvatures,
    drift: { planes: planes(modes.rank), diffusion, velocity },
    representation: (x) => representationOf(modes, x),
    regularizedLossWithoutLabelNoise: minimumLossOf(modes),
    loss: commutingLoss(modes, blocks, noise),
    theta: thetaOf(modes),
  };
}

const quadraticForm =
  (modes: CommutingModes, form: ReturnType<typeof fluctuationForm>): Solution['fluctuation'] =>
  (x) => {
    const seen = modesOf(modes, x);
    return seen.reduce((sum, value, c) => sum + value * dot(row(form, c), seen), 0);
  };

/** Diagonal of Phi in F(x) = x~^T Phi x~, the only part where different blocks are uncorrelated. */
function fluctuationDiagonal(modes: CommutingModes, blocks: ModeBlocks, noise: Float64Array): Float64Array {
  const { rank, columns, inputs: n, learningRate } = modes;
  const form = new Float64Array(n);
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < n; c++) {
      const cell = a * columns + c;
      form[c] += normalCovariance(learningRate, blocks, noise, cell, blocks.x, cell, blocks.x, cell);
    }
  }
  return form;
}
