import { apply, dot, transpose, type Matrix } from '#linalg';
import { representation, type Minimum } from '../minimum/manifold.js';
import { DenseCovariance } from '../rotation/dense.js';
import { rotate } from '../rotation/planes.js';
import type { NormalMode } from '../solvers/general/hessian.js';
import type { ModeCoordinates } from '../solvers/general/mode-coordinates.js';
import type { Expansion } from './expansion/expansion.js';

/** The coefficients of one stimulus: leading order and next order of each quantity, each without its power of eta. */
export interface ProbeCoefficients {
  /** c = `leading` + eta `next` (r numbers). */
  readonly representation: Orders<Float64Array>;
  /** |c|^2 = `leading` + eta `next`. */
  readonly squaredNorm: Orders<number>;
  /** F = eta `leading` + eta^2 `next`. */
  readonly fluctuation: Orders<number>;
  /** Cov(h) c / |c| about the mean code = eta `leading` + eta^2 `next` (r numbers), c the mean code. */
  readonly fluctuationAlong: Orders<Float64Array>;
  /** D = eta^3 `leading` + eta^4 `next`. */
  readonly diffusion: Orders<number>;
  /** Mean motion = eta^2 `leading` + eta^3 `next` (r numbers). */
  readonly motion: Orders<Float64Array>;
}

interface Orders<T> {
  readonly leading: T;
  readonly next: T;
}

/** Returns the function of a stimulus, in the original coordinates, to its coefficients. O(K^2 r + P r) each. */
export function probeCoefficients(
  min: Minimum,
  { inputs: n, outputs: m }: ModeCoordinates,
  normal: readonly NormalMode[],
  { velocity, diffusion, mean, covariance }: Expansion,
): (stimulus: ArrayLike<number>) => ProbeCoefficients {
  const tensor = new DenseCovariance(diffusion.leading);
  const correction = new DenseCovariance(diffusion.next);
  return (stimulus) => {
    const c = representation(min, stimulus);
    const x = apply(transpose(min.inputBasis), stimulus);
    /** X_i x, the response of the representation to each normal direction. */
    const responses = normal.map(({ indices, values }) => {
      const response = new Float64Array(c.length);
      indices.forEach((variable, at) => {
        const column = variable % (n + m);
        if (column < n) response[Math.floor(variable / (n + m))] += values[at] * x[column];
      });
      return response;
    });
    const shift = new Float64Array(c.length);
    responses.forEach((response, i) => {
      response.forEach((value, a) => (shift[a] += mean[i] * value));
    });
    const fluctuation = (moments: Matrix): number =>
      responses.reduce(
        (sum, left, i) =>
          sum + responses.reduce((part, right, j) => part + moments.data[i * moments.cols + j] * dot(left, right), 0),
        0,
      );
    const turned = rotate(velocity.next, c);
    const moved = rotate(velocity.leading, shift);
    return {
      representation: { leading: c, next: shift },
      squaredNorm: { leading: dot(c, c), next: 2 * dot(c, shift) },
      fluctuationAlong: alongCode(responses, c, shift, covariance),
      fluctuation: { leading: fluctuation(covariance.leading), next: fluctuation(covariance.next) },
      diffusion: {
        leading: tensor.diffusionOf(c).value,
        next: correction.diffusionOf(c).value + crossDiffusion(tensor, c, shift),
      },
      motion: { leading: rotate(velocity.leading, c), next: turned.map((value, a) => value + moved[a]) },
    };
  };
}

/** 2 sum K_ab (Omega_a c).(Omega_b s), by polarisation: what a shift s of c adds to D. */
function crossDiffusion(tensor: DenseCovariance, c: Float64Array, shift: Float64Array): number {
  const along = (sign: number): number => tensor.diffusionOf(c.map((value, a) => value + sign * shift[a])).value;
  return (along(1) - along(-1)) / 2;
}

/** With m the mean displacement, Cov = eta S + eta^2 (S2 - m m^T); the direction turns with the mean code, by eta m_across / |c|. */
function alongCode(
  responses: readonly Float64Array[],
  c: Float64Array,
  shift: Float64Array,
  { leading, next }: Expansion['covariance'],
): Orders<Float64Array> {
  const length = Math.hypot(...c);
  const unit = c.map((value) => (length > 0 ? value / length : 0));
  const turn = shift.map((value, a) => (length > 0 ? (value - dot(shift, unit) * unit[a]) / length : 0));
  const times = (moments: Matrix, direction: Float64Array): Float64Array => {
    const along = Float64Array.from(responses, (response) => dot(response, direction));
    const weights = apply(moments, along);
    const result = new Float64Array(c.length);
    responses.forEach((response, i) => {
      response.forEach((value, a) => (result[a] += weights[i] * value));
    });
    return result;
  };
  const turned = times(leading, turn);
  const meanAlong = dot(shift, unit);
  return {
    leading: times(leading, unit),
    next: times(next, unit).map((value, a) => value + turned[a] - meanAlong * shift[a]),
  };
}
