import type { Matrix } from '#linalg';
import type { Loss } from '#model';
import type { Drift } from './rotation/drift.js';
import type { StabilityLimit } from './domain.js';

/**
 * How a prediction is computed, see docs/theory-paths.md. A task commutes when it shares its axes with the input: `spectral`
 * (commuting task, input along its axes), `moments` (commuting task, any input), `sampled` (the same, with the rotation
 * tensor by samples), `general` (any task and input). `rule`: from the update of a learning rule, see docs/rules.md.
 */
export type Path = 'spectral' | 'moments' | 'sampled' | 'general' | 'rule';

/** The result of a solver, the same for every path. */
export interface Solution {
  readonly path: Path;
  readonly singularValues: Float64Array;
  /** Ascending. */
  readonly normalHessianEigenvalues: Float64Array;
  readonly drift: Drift;
  /** F(x), x in the original coordinates. */
  readonly fluctuation: (x: ArrayLike<number>) => number;
  /** c = S^(1/2) V^T x. */
  readonly representation: (x: ArrayLike<number>) => Float64Array;
  readonly regularizedLossWithoutLabelNoise: number;
  readonly loss: Loss;
  readonly theta: Matrix;
  readonly stability: StabilityLimit;
}
