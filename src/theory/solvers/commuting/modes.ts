import { dot, fromData, type Matrix } from '#linalg';
import { changeBasis, inputs, outputs, type InputDistribution, type Model } from '#model';
import { learnedAxes, type LearnedAxes } from '../../minimum/commuting.js';
import type { SharedAxis } from '../../minimum/shared-axes.js';
import { along, basisOf, components } from '../../minimum/unit-vector.js';

/**
 * A task that shares its axes with the input, in the coordinates of its modes: x~_c = v_c.x, e~_c = u_c.e. Everything
 * splits into columns c = 0 .. W-1, each an input axis with its image, an input axis without an image, or an output axis that
 * is no image; the first r are the learned modes.
 */
export interface CommutingModes {
  readonly rank: number;
  readonly columns: number;
  /** s, r values, descending. */
  readonly singularValues: Float64Array;
  /** lambda_c = E x~_c^2; 0 where there is no input. */
  readonly variance: Float64Array;
  /** rho_c in e~_c = rho_c x~_c + eps_c: gamma / lambda_c where learned, otherwise the gain a_c. */
  readonly residual: Float64Array;
  /** Columns with an input axis come first, n of them. */
  readonly inputs: number;
  /** Whether column c has an output axis. */
  readonly hasOutput: Uint8Array;
  readonly outputs: number;
  readonly hiddenUnits: number;
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly learned: LearnedAxes;
}

/** The modes of a task whose axes are `shared` with the input. Throws TheoryDomainError as `minimum` does. */
export function commutingModes(model: Model, shared: readonly SharedAxis[]): CommutingModes {
  const learned = learnedAxes(model, shared);
  const { singularValues, axes } = learned;
  const rank = singularValues.length;
  const n = inputs(model);
  const m = outputs(model);
  const images = axes.filter(({ u }) => u !== null).length;
  const columns = n + m - images;
  const variance = new Float64Array(columns);
  const residual = new Float64Array(columns);
  const hasOutput = new Uint8Array(columns);
  axes.forEach((axis, c) => {
    variance[c] = axis.variance;
    residual[c] = c < rank ? model.weightDecay / axis.variance : axis.u ? axis.gain : 0;
    hasOutput[c] = axis.u ? 1 : 0;
  });
  hasOutput.fill(1, n);
  const { hiddenUnits, weightDecay, labelNoiseVariance, batchSize, learningRate } = model;
  return {
    rank,
    columns,
    singularValues,
    variance,
    residual,
    inputs: n,
    hasOutput,
    outputs: m,
    hiddenUnits,
    weightDecay,
    labelNoiseVariance,
    batchSize,
    learningRate,
    learned,
  };
}

/** x~, n numbers. O(n^2), O(n) on coordinate axes. */
export const modesOf = ({ learned }: CommutingModes, x: ArrayLike<number>): Float64Array =>
  Float64Array.from(learned.axes, ({ v }) => along(v, x));

/** Stimuli and covariances of the input in mode coordinates, x~ = V^T x. O(K n^2). */
export const inputInModes = ({ learned }: CommutingModes, input: InputDistribution): InputDistribution =>
  changeBasis(input, basisOf(learned.axes, input.size));

/** c = S^(1/2) V_r^T x: the representation at Q = I. */
export const representationOf = ({ learned }: CommutingModes, x: ArrayLike<number>): Float64Array =>
  learned.singularValues.map((s, a) => Math.sqrt(s) * along(learned.axes[a].v, x));

/** Theta* = S^(1/2) [V_r^T | U_r^T], r x (n+m), in the original coordinates. */
export function thetaOf({ rank, inputs: n, outputs: m, learned }: CommutingModes): Matrix {
  const data = new Float64Array(rank * (n + m));
  for (let a = 0; a < rank; a++) {
    const root = Math.sqrt(learned.singularValues[a]);
    const { v, u } = learned.axes[a];
    data.set(
      components(v, n).map((value) => root * value),
      a * (n + m),
    );
    if (u) {
      data.set(
        components(u, m).map((value) => root * value),
        a * (n + m) + n,
      );
    }
  }
  return fromData(rank, n + m, data);
}

/** 1/2 |(A-M) Sigma^(1/2)|^2 + gamma |M|_*. */
export function minimumLossOf({ residual, variance, singularValues, weightDecay }: CommutingModes): number {
  const task = dot(
    residual.map((rho) => rho * rho),
    variance,
  );
  return task / 2 + weightDecay * singularValues.reduce((sum, s) => sum + s, 0);
}
