import { TheoryDomainError } from '#core';
import { dot, symmetricEigen, type Matrix } from '#linalg';
import { inputs, outputs, width, type Loss, type Model } from '#model';
import { diffusionCoefficient, directedMotion, drift, type Drift } from './drift.js';
import { stationaryLoss } from './expected-loss.js';
import { fluctuation } from './fluctuation.js';
import { minimum, minimumLoss, minimumTheta, representation } from './minimum.js';
import { noiseCovariance, normalCovariance } from './noise.js';
import { modeCoordinates, normalSpace } from './normal-space.js';

/** What the theory says of one stimulus. All per step, the learning rate included. */
export interface ProbePrediction {
  readonly stimulus: Float64Array;
  /** c = S^(1/2) V^T x, r numbers: the representation at Q = I. */
  readonly representation: Float64Array;
  /** |h|^2 on the manifold (activation^2). */
  readonly squaredNorm: number;
  /** F(x) (activation^2). */
  readonly fluctuation: number;
  /** D(x) (activation^2 per step). */
  readonly diffusion: number;
  /** |v(x)| (activation per step), and its direction in the frame of Q = I (r numbers; zeros where |v| is 0). */
  readonly directedSpeed: number;
  readonly heading: Float64Array;
}

/** Everything the theory predicts at leading order in the learning rate. */
export interface Prediction {
  readonly singularValues: Float64Array;
  /** Ascending. */
  readonly normalHessianEigenvalues: Float64Array;
  readonly drift: Drift;
  /** Ascending eigenvalues of Cov(omega) per step (rad^2) and their directions in the space of planes (columns). */
  readonly rotationDiffusionEigenvalues: Float64Array;
  readonly rotationDiffusionDirections: Matrix;
  readonly probes: readonly ProbePrediction[];
  /** 1/2 |(A-M) Sigma^(1/2)|^2 + gamma |M|_* at the minimum. */
  readonly regularizedLossWithoutLabelNoise: number;
  /** Expected losses in the stationary state, label noise included, to order eta. */
  readonly loss: Loss;
  /** Theta* at Q = I (r x (n+m)), the reference point of every projection. */
  readonly theta: Matrix;
  /** Steps: 1 / (eta mu_min), the slowest relaxation towards the manifold. */
  readonly relaxationTime: number;
}

/**
 * Predicts fluctuation, diffusion and directed drift of the given stimuli. Throws TheoryDomainError where the theory does
 * not hold, naming the number at fault. Cost: see `noiseCovariance` and `drift`.
 */
export function predict(model: Model, stimuli: readonly ArrayLike<number>[]): Prediction {
  const min = minimum(model);
  refuseOversized(model, min.singularValues.length);
  const modes = modeCoordinates(model, min);
  const normal = normalSpace(model, modes);
  refuseUnstable(model, normal[normal.length - 1].curvature);
  const noise = noiseCovariance(model, modes, normal);
  const covariance = normalCovariance(model.learningRate, normal, noise);
  const motion = drift(model.learningRate, modes, normal, noise, covariance);
  const { values, vectors } = symmetricEigen(motion.diffusion);
  const fluctuationOf = fluctuation(min, modes, normal, covariance);
  return {
    singularValues: min.singularValues,
    normalHessianEigenvalues: Float64Array.from(normal, ({ curvature }) => curvature),
    drift: motion,
    rotationDiffusionEigenvalues: values,
    rotationDiffusionDirections: vectors,
    probes: stimuli.map((stimulus) => {
      const c = representation(min, stimulus);
      const diffusion = diffusionCoefficient(motion, c);
      const motionOfC = directedMotion(motion, c);
      const speed = Math.hypot(...motionOfC);
      // Symmetry makes the motion vanish exactly; what rounding leaves of it is no prediction.
      const directedSpeed = speed > 1e-9 * Math.sqrt(diffusion) ? speed : 0;
      return {
        stimulus: Float64Array.from(stimulus),
        representation: c,
        squaredNorm: dot(c, c),
        fluctuation: fluctuationOf(stimulus),
        diffusion,
        directedSpeed,
        heading: motionOfC.map((component) => (directedSpeed > 0 ? component / speed : 0)),
      };
    }),
    regularizedLossWithoutLabelNoise: minimumLoss(model, min),
    loss: stationaryLoss(model, modes, normal, covariance),
    theta: minimumTheta(min),
    relaxationTime: 1 / (model.learningRate * normal[0].curvature),
  };
}

/** Most memory that a prediction may take, in bytes. */
const MOST_BYTES = 4e9;

/** The dense matrices of the noise, counted before they are made. */
function refuseOversized(model: Model, rank: number): void {
  const products = inputs(model) * outputs(model);
  const modes = rank * width(model);
  const bytes = 8 * (products ** 2 + 2 * modes ** 2);
  if (bytes <= MOST_BYTES) return;
  throw new TheoryDomainError(
    `the noise covariance of ${inputs(model)} inputs, ${outputs(model)} outputs and ${rank} learned modes takes ` +
      `${(bytes / 1e9).toFixed(1)} GB, more than ${MOST_BYTES / 1e9} GB; give fewer dimensions or hidden units`,
    ['model', 'input'],
  );
}

function refuseUnstable(model: Model, steepest: number): void {
  const factor = model.learningRate * steepest;
  if (factor < 2) return;
  throw new TheoryDomainError(
    `learningRate ${model.learningRate} is beyond stability: times the largest curvature ` +
      `${steepest.toPrecision(4)} it is ${factor.toPrecision(4)}, ` +
      `which must be below 2; give a learningRate below ${(2 / steepest).toPrecision(4)}`,
    ['model', 'learningRate'],
  );
}
