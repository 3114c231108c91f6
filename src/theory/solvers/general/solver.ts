import type { Model } from '#model';
import { assertDenseFits } from '../../cost.js';
import { minimumLoss, minimumTheta, representation } from '../../minimum/manifold.js';
import { minimum } from '../../minimum/minimum.js';
import type { Solution } from '../../solution.js';
import { generalLimit, steepestLimit } from '../../stability/limit.js';
import type { FirstAnswer } from '../sampled/first-answer.js';
import { generalDrift } from './drift.js';
import { fluctuation } from './fluctuation.js';
import { noiseCovariance, normalCovariance } from './gradient-noise.js';
import { normalSpace } from './hessian.js';
import { stationaryLoss } from './loss.js';
import { modeCoordinates } from './mode-coordinates.js';

/**
 * Any task and input: one Hessian, split into its uncoupled blocks, and the dense covariance of e x^T. Throws
 * TheoryDomainError where the theory does not hold, and when it takes more than 4 GB, before anything large is allocated.
 * `first` receives everything before the limit of stability, a quarter of the work for real data, is known.
 * O(P K^3) time at worst, K = r (n+m) - P, and (n m)^2 + 2 K^2 numbers in memory.
 */
export function generalSolution(model: Model, first?: FirstAnswer): Solution {
  assertDenseFits(model, 1);
  const min = minimum(model);
  assertDenseFits(model, min.singularValues.length);
  const modes = modeCoordinates(model, min);
  const normal = normalSpace(model, modes);
  const noise = noiseCovariance(model, modes, normal);
  const covariance = normalCovariance(model.learningRate, normal, noise);
  const solution: Omit<Solution, 'stability'> = {
    path: 'general',
    singularValues: min.singularValues,
    normalHessianEigenvalues: Float64Array.from(normal, ({ curvature }) => curvature),
    drift: generalDrift(model.learningRate, modes, normal, noise, covariance),
    ...fluctuation(min, modes, normal, covariance),
    representation: (x) => representation(min, x),
    regularizedLossWithoutLabelNoise: minimumLoss(model, min),
    ...stationaryLoss(model, min, modes, normal, covariance),
    theta: minimumTheta(min),
  };
  first?.({ ...solution, stability: steepestLimit(normal) }, null);
  return { ...solution, stability: generalLimit(model, modes, normal) };
}
