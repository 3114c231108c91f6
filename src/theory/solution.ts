import type { Matrix } from '#linalg';
import type { Loss } from '#model';
import type { Drift } from './rotation/drift.js';

/**
 * How a prediction was computed, see docs/theory-paths.md: `spectral` (commuting task, input along its axes), `moments`
 * (commuting task, any input), `sampled` (the same, the tensor by samples), `general` (any task and input).
 */
export type Path = 'spectral' | 'moments' | 'sampled' | 'general';

/** What every path makes of a model. */
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
}
