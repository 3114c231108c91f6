import type { Matrix } from '#linalg';
import type { Loss } from '#model';
import type { LearningRateError } from './next-order/remainder.js';
import type { Drift } from './rotation/drift.js';
import type { StabilityLimit } from './domain.js';
import type { Settling } from './solvers/commuting/settling.js';

/**
 * How a prediction is computed, see docs/theory-paths.md. A task commutes when it shares its axes with the input: `spectral`
 * (commuting task, input along its axes), `moments` (commuting task, any input), `sampled` (the same, with the rotation
 * tensor by samples), `general` (any task and input). `rule`: from the update of a learning rule, see docs/rules.md.
 */
export type Path = 'spectral' | 'moments' | 'sampled' | 'general' | 'rule';

/** E N, where the asymmetry of the loss holds the network away from the manifold, of order eta. */
export interface MeanDisplacement {
  /** Of the representation of a stimulus in the original coordinates (r numbers). */
  readonly of: (x: ArrayLike<number>) => Float64Array;
  /** Of the weights of each mode, relative to their size (r numbers). */
  readonly relative: Float64Array;
  /** |E N|^2 / E |N|^2, the latter at leading order. */
  readonly share: number;
}

/** The result of a solver, the same for every path. */
export interface Solution {
  readonly path: Path;
  readonly singularValues: Float64Array;
  /** Ascending. */
  readonly normalHessianEigenvalues: Float64Array;
  readonly drift: Drift;
  /** F(x), x in the original coordinates. */
  readonly fluctuation: (x: ArrayLike<number>) => number;
  /** Cov(X x) u for a direction u (r numbers); on the path `sampled` without what different blocks have in common. */
  readonly fluctuationAlong: (x: ArrayLike<number>, direction: Float64Array) => Float64Array;
  /** c = S^(1/2) V^T x. */
  readonly representation: (x: ArrayLike<number>) => Float64Array;
  readonly regularizedLossWithoutLabelNoise: number;
  readonly loss: Loss;
  readonly theta: Matrix;
  readonly stability: StabilityLimit;
  /** On paths whose input is not symmetric under reflections the part along Theta* alone. */
  readonly displacement: MeanDisplacement;
  /** What finite times leave of D and F of these probes; not known on the path `general`. Takes a second for tens of modes. */
  readonly settling?: (probes: readonly ArrayLike<number>[]) => Settling;
}

/** The prediction for one stimulus. Rates are per step of learning, the learning rate included. */
export interface ProbePrediction {
  readonly stimulus: Float64Array;
  /** c = S^(1/2) V^T x, r numbers: the representation at Q = I. */
  readonly representation: Float64Array;
  /** |h|^2 on the manifold (activation^2). */
  readonly squaredNorm: number;
  /** F(x) (activation^2). */
  readonly fluctuation: number;
  /** Cov(h) c / |c| in the frame of Q = I (r numbers, activation^2): the part of F along the code, and its correlation with that across. */
  readonly fluctuationAlong: Float64Array;
  /** D(x) (activation^2 per step). */
  readonly diffusion: number;
  /** Standard error of D(x): 0 unless the rotation tensor is sampled. */
  readonly diffusionStandardError: number;
  /** Steps until half of the self-correlation is lost (`halfLives`); null where it never is. */
  readonly halfLife: number | null;
  /** Standard error of the half-life: 0 unless the rotation tensor is sampled. */
  readonly halfLifeStandardError: number;
  /** |v(x)| (activation per step). */
  readonly directedSpeed: number;
  /** Unit vector of v(x) in the frame of Q = I (r numbers); zeros where |v| is 0. */
  readonly driftDirection: Float64Array;
  /** How far the leading order is expected to be off, relative: an estimate, not a bound. */
  readonly learningRateError: LearningRateError;
  /** The parts of D(x) (activation^2 per step). */
  readonly sources: DiffusionSources;
  /** The same in each hidden layer, where there is more than one. */
  readonly layers?: readonly LayerPrediction[];
}

/** D by what makes it: noise of learning from random samples, and synaptic noise. */
export interface DiffusionSources {
  readonly learning: number;
  readonly synaptic: number;
}

/** The representation of a stimulus in one of several hidden layers. */
export interface LayerPrediction {
  readonly squaredNorm: number;
  readonly fluctuation: number;
  readonly diffusion: number;
  readonly directedSpeed: number;
  readonly sources: DiffusionSources;
}
