import { apply, dot, transpose } from '#linalg';
import type { Model } from '#model';
import { assertNextOrderFits } from '../cost.js';
import { representation } from '../minimum/manifold.js';
import { minimum } from '../minimum/minimum.js';
import type { Drift } from '../rotation/drift.js';
import { generalDrift } from '../solvers/general/drift.js';
import { fluctuation } from '../solvers/general/fluctuation.js';
import { noiseCovariance, normalCovariance } from '../solvers/general/gradient-noise.js';
import { normalSpace } from '../solvers/general/hessian.js';
import { modeCoordinates } from '../solvers/general/mode-coordinates.js';
import { nextOrderMoments } from './moments.js';

/** The prediction for one stimulus, including the next order in the learning rate. */
export interface NextOrderProbe {
  /** |c|^2 of the mean representation c in the frame of the manifold: complete to relative order eta. */
  readonly squaredNorm: number;
  /** F: complete to relative order eta. */
  readonly fluctuation: number;
  /** D: relative order eta in part, see `predictNextOrder`. */
  readonly diffusion: number;
}

export interface NextOrderPrediction {
  readonly probes: readonly NextOrderProbe[];
  /** The rotation diffusion of D, partial in the same way; velocity at leading order, with the noise averaged over N. */
  readonly drift: Drift;
}

/**
 * |h|^2, F and D to the next order in the learning rate.
 *
 * |h|^2 and F are complete to relative order eta: c is shifted by the mean displacement E X x, F = x^T E[X^T X] x with the second
 * moment of `nextOrderMoments`. D is partial. It is the leading formula with
 *   - the second moment of N at next order: discrete steps, noise that depends on N, anharmonic loss;
 *   - the covariance of the gradient noise averaged over N;
 *   - c shifted by its mean displacement.
 * It leaves out the terms of the end-point map beyond second order in N and the noise, the correlation of N with the noise at
 * the same N, and the third moments of N. Directed drift stays at leading order.
 *
 * Throws TheoryDomainError where `predict` does, and when the problem is too large: see `nextOrderMoments` for the cost.
 */
export function predictNextOrder(model: Model, stimuli: readonly ArrayLike<number>[]): NextOrderPrediction {
  const min = minimum(model);
  const modes = modeCoordinates(model, min);
  const normal = normalSpace(model, modes);
  assertNextOrderFits(model, modes, normal.length);
  const noise = noiseCovariance(model, modes, normal);
  const covariance = normalCovariance(model.learningRate, normal, noise);
  const moments = nextOrderMoments(model, modes, normal, covariance);
  const drift = generalDrift(model.learningRate, modes, normal, moments.noise, moments.secondMoment);
  const fluctuationOf = fluctuation(min, modes, normal, moments.secondMoment);
  const columns = modes.inputs + modes.outputs;
  const probes = stimuli.map((stimulus) => {
    const c = representation(min, stimulus);
    const x = apply(transpose(min.inputBasis), stimulus);
    const shift = new Float64Array(c.length);
    normal.forEach(({ indices, values }, k) => {
      indices.forEach((variable, at) => {
        const column = variable % columns;
        if (column < modes.inputs) shift[Math.floor(variable / columns)] += moments.mean[k] * values[at] * x[column];
      });
    });
    return {
      squaredNorm: dot(c, c) + 2 * dot(c, shift),
      fluctuation: fluctuationOf(stimulus),
      diffusion: drift.diffusion.diffusionOf(c.map((value, a) => value + shift[a])).value,
    };
  });
  return { probes, drift };
}
