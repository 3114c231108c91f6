import { TheoryDomainError } from '#core';
import { dot, type Matrix } from '#linalg';
import { secondMoment, type Loss, type Model, type State } from '#model';
import { momentsFit } from './cost.js';
import { assertLearns, assertStable, assertWeightDecay } from './domain.js';
import { displacedModes, type OfCode } from './next-order/displaced-modes.js';
import { leadingOrderError } from './next-order/leading-order-error.js';
import { sharedAxes } from './minimum/shared-axes.js';
import type { PrincipalDirections } from './rotation/covariance.js';
import { directedMotion, type Drift } from './rotation/drift.js';
import { withoutRounding } from './rotation/rounding.js';
import { halfLives } from './slow-process/half-life.js';
import type { Settling } from './solvers/commuting/settling.js';
import type { Path, ProbePrediction, Solution } from './solution.js';
import type { StabilityLimit } from './domain.js';
import { commutingModes } from './solvers/commuting/modes.js';
import { generalSolution } from './solvers/general/solver.js';
import { momentSolution } from './solvers/moments/solver.js';
import type { FirstAnswer, FirstErrors } from './solvers/sampled/first-answer.js';
import { sampledSolution } from './solvers/sampled/solver.js';
import { spectralSolution } from './solvers/spectral/solver.js';
import { reflectionSymmetric } from './solvers/spectral/symmetry.js';

/** The predictions at leading order in the learning rate. */
export interface Prediction {
  readonly path: Path;
  readonly singularValues: Float64Array;
  /** Ascending. */
  readonly normalHessianEigenvalues: Float64Array;
  readonly drift: Drift;
  /** Ascending eigenvalues of Cov(omega) per step (rad^2) and their directions; none where the tensor is sampled. */
  readonly rotationDiffusionEigenvalues: Float64Array;
  readonly rotationDiffusionDirections: PrincipalDirections;
  readonly probes: readonly ProbePrediction[];
  /** 1/2 |(A-M) Sigma^(1/2)|^2 + gamma |M|_* at the minimum. */
  readonly regularizedLossWithoutLabelNoise: number;
  /** Expected losses in the stationary state, label noise included, to order eta. */
  readonly loss: Loss;
  /** S* with its hidden units in the frame R = I, the reference point of every projection: [Theta*] for two-layer networks. */
  readonly referencePoint: State;
  /** Left null vectors of the mean flow at S* (columns), where projections need them. */
  readonly duals?: Matrix;
  /** Whether one silent unit stands for more of them than a simulation could follow: then what turns is known, not each plane of it. */
  readonly isCondensed?: boolean;
  /** The learning rate from which on the mean squared displacement from the manifold grows. */
  readonly stability: StabilityLimit;
  /** Steps: 1 / (eta mu_min), the slowest relaxation towards the manifold. */
  readonly relaxationTime: number;
  /** What finite times leave of D and F of the probes, where that is known; computed when it is asked for. */
  readonly settling?: () => Settling;
}

/** What a long prediction tells before it is done; nothing where it takes less than a few seconds. */
export interface PredictionWatch {
  /** Receives the share of the work that is done, often. */
  readonly progress?: (share: number) => void;
  /**
   * Receives a first answer. Path `sampled`: D from few rotations, F from some of the stimuli, each with its largest standard error over
   * the probes, relative. Path `general`: the answer, with null. The limit of stability is its bound, 2 over the largest curvature.
   */
  readonly first?: (prediction: Prediction, errors: FirstErrors | null) => void;
}

export interface PredictOptions extends PredictionWatch {
  /** The path to take instead of the first that fits; TheoryDomainError when the model does not allow it. */
  readonly path?: Path;
  /** Seed of the random numbers of a sampled tensor. Default 1. */
  readonly seed?: number;
  /** How many rotations a sampled tensor is made of. Default: as many as take some ten seconds, between 256 and 16384. */
  readonly samples?: number;
}

/**
 * Predicts fluctuation, diffusion and directed drift of the given stimuli. Throws TheoryDomainError where the theory does
 * not hold, naming the number at fault, and where the computation does not fit, with the estimate, before anything large is
 * allocated.
 *
 * The path, with r learned modes, P = r (r-1)/2 planes and W <= n + m columns, is the first that fits (docs/theory-paths.md):
 * - spectral: the task shares its axes with the input, which is made of zero-mean Gaussians with those axes and stimuli on
 *   them. O(r^2 W) time, O(r W) memory;
 * - moments: the task shares its axes with the input, which may be any other. O(P r^2 W^2) time beside the fourth moments;
 * - sampled: the same where `moments` takes more than 2 10^10 multiplications or 1.5 GB; D has a standard error;
 * - general: any task. O(P K^3) time at worst, K = r (n+m) - P.
 * Finding the axes takes O(n^3), nothing when they are the coordinate axes.
 */
export function predict(model: Model, stimuli: readonly ArrayLike<number>[], options: PredictOptions = {}): Prediction {
  const { first } = options;
  const solution = solve(
    model,
    options,
    first &&
      ((found, errors) => {
        first(predictionFrom(model, found, stimuli), errors?.(stimuli) ?? null);
      }),
  );
  options.progress?.(1);
  return predictionFrom(model, solution, stimuli);
}

function predictionFrom(model: Model, solution: Solution, stimuli: readonly ArrayLike<number>[]): Prediction {
  assertStable(model, solution.stability);
  const { drift, normalHessianEigenvalues, settling, stability } = solution;
  const { values, directions } = drift.diffusion.principalDirections();
  const displacedOf = displacedModes(solution.displacement.relative, drift);
  return {
    path: solution.path,
    singularValues: solution.singularValues,
    normalHessianEigenvalues,
    drift,
    rotationDiffusionEigenvalues: values,
    rotationDiffusionDirections: directions,
    probes: withHalfLives(
      solution,
      stimuli.map((stimulus) => probePrediction(model, solution, stimulus, displacedOf)),
    ),
    regularizedLossWithoutLabelNoise: solution.regularizedLossWithoutLabelNoise,
    loss: solution.loss,
    referencePoint: [solution.theta],
    stability,
    relaxationTime: 1 / (model.learningRate * normalHessianEigenvalues[0]),
    ...(settling && { settling: once(() => settling(stimuli)) }),
  };
}

/** The value of a computation that is made when it is asked for, and only then. */
function once<T>(compute: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => (found ??= { value: compute() }).value;
}

function solve(model: Model, { path, seed = 1, samples, progress }: PredictOptions, first?: FirstAnswer): Solution {
  assertWeightDecay(model);
  assertLearns(model);
  const axes = path === 'general' ? null : sharedAxes(model.target, secondMoment(model.input));
  if (!axes) {
    if (path && path !== 'general') throw unavailable(path, 'the task does not share its axes with the input');
    return generalSolution(model, first);
  }
  const modes = commutingModes(model, axes);
  const symmetric = path && path !== 'spectral' ? null : reflectionSymmetric(model, modes);
  if (symmetric) return spectralSolution(modes, symmetric);
  if (path === 'spectral')
    throw unavailable(path, 'the input is not made of Gaussians with the axes of the task and stimuli on them');
  const exact = path ? path === 'moments' : momentsFit(modes, model.input);
  return exact
    ? momentSolution(modes, model.input)
    : sampledSolution(modes, model.input, { seed, count: samples, progress, first });
}

const unavailable = (path: Path, why: string): TheoryDomainError =>
  new TheoryDomainError(`the path ${path} is not available for this model: ${why}`, ['model']);

/** Half-lives of all probes at once: they share the course of the frame. */
function withHalfLives({ drift, singularValues }: Solution, probes: readonly WithoutHalfLife[]): ProbePrediction[] {
  const found = halfLives(drift, singularValues.length, probes);
  return probes.map((probe, k) => {
    const halfLife = found[k];
    return { ...probe, halfLife: halfLife?.value ?? null, halfLifeStandardError: halfLife?.se ?? 0 };
  });
}

type WithoutHalfLife = Omit<ProbePrediction, 'halfLife' | 'halfLifeStandardError'>;

function probePrediction(
  { learningRate }: Model,
  solution: Solution,
  stimulus: ArrayLike<number>,
  displacedOf: (c: Float64Array) => OfCode,
): WithoutHalfLife {
  const { drift, fluctuation, fluctuationAlong, representation, normalHessianEigenvalues, singularValues, stability } =
    solution;
  const c = withoutRounding(representation(stimulus), Math.sqrt(singularValues[0]), stimulus);
  const { value: diffusion, se: diffusionStandardError } = drift.diffusion.diffusionOf(c);
  const motion = directedMotion(drift, c);
  const speed = Math.hypot(...motion);
  // Where symmetry forbids directed motion, rounding leaves a remainder that is no prediction.
  const directedSpeed = speed > 1e-9 * Math.sqrt(diffusion) ? speed : 0;
  const leading = {
    representation: c,
    squaredNorm: dot(c, c),
    // Rounding may leave a negative number where F is 0.
    fluctuation: Math.max(fluctuation(stimulus), 0),
    fluctuationAlong: fluctuationAlong(stimulus, unit(c)),
    diffusion,
    directedSpeed,
  };
  const scale = {
    learningRate,
    smallestCurvature: normalHessianEigenvalues[0],
    step: learningRate / stability.learningRate,
  };
  const { of, relative, share } = solution.displacement;
  const displaced = { shift: of(stimulus), relative: displacedOf(c), largest: Math.max(0, ...relative), share };
  return {
    stimulus: Float64Array.from(stimulus),
    ...leading,
    diffusionStandardError,
    learningRateError: leadingOrderError(scale, solution.path, displaced, leading),
    driftDirection: motion.map((component) => (directedSpeed > 0 ? component / speed : 0)),
    sources: { learning: diffusion, synaptic: 0 },
  };
}

/** c / |c|; zeros where c is 0. */
function unit(c: Float64Array): Float64Array {
  const length = Math.hypot(...c);
  return c.map((value) => (length > 0 ? value / length : 0));
}
