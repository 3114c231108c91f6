import type { Matrix } from '#linalg';
import { DenseCovariance } from '../../rotation/dense.js';
import type { Drift } from '../../rotation/drift.js';
import { planes } from '../../rotation/planes.js';
import type { NormalMode } from './hessian.js';
import type { ModeCoordinates } from './mode-coordinates.js';
import { rotationMatrices, rotationMetric } from './rotation-matrices.js';
import { rotationTensor } from './rotation-tensor.js';
import { directedVelocity } from './velocity.js';

/** Rotation diffusion and directed velocity from the noise covariance C and that of the normal displacement, Sigma_N. */
export function generalDrift(
  learningRate: number,
  modes: ModeCoordinates,
  normal: readonly NormalMode[],
  noise: Matrix,
  covariance: Matrix,
): Drift {
  const all = planes(modes.singularValues.length);
  const matrices = rotationMatrices(all, modes, normal);
  const metric = rotationMetric(all, modes.singularValues);
  return {
    planes: all,
    diffusion: new DenseCovariance(rotationTensor(learningRate, matrices, metric, normal, noise, covariance)),
    velocity: directedVelocity(learningRate, matrices, metric, normal, noise),
  };
}
