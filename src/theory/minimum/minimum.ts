import { TheoryDomainError } from '#core';
import {
  add,
  apply,
  completeColumns,
  diagonal,
  fromRows,
  multiply,
  norm,
  sliceCols,
  svd,
  transpose,
  type Matrix,
} from '#linalg';
import { inputs, outputs, secondMoment, type Model } from '#model';
import { solveGeneral } from './nuclear-norm.js';
import { basisOf, sharedAxes, type SharedAxis } from './shared-axes.js';

/**
 * A minimum of the regularised loss, M = W2 W1 = U_r diag(s) V_r^T, in the coordinates of its modes. The whole
 * minimum-loss manifold is W1 = Q S^(1/2) V_r^T, W2 = U_r S^(1/2) Q^T over the p x r frames Q with Q^T Q = I.
 */
export interface Minimum {
  /** s, r values, descending, all positive. */
  readonly singularValues: Float64Array;
  /** V, n x n orthogonal; the first r columns are the modes, the rest complete the basis. */
  readonly inputBasis: Matrix;
  /** U, m x m orthogonal; the first r columns are the modes. */
  readonly outputBasis: Matrix;
}

/** Below this fraction of the largest, a number that ought to be positive counts as zero. */
export const DEGENERATE = 1e-9;

/**
 * Minimises 1/2 |(A - M) Sigma^(1/2)|^2 + gamma |M|_* over rank(M) <= p: in closed form, s_i = a_i - gamma / lambda_i, when
 * task and input share their axes, otherwise numerically. Throws TheoryDomainError when gamma = 0 (no isolated manifold),
 * when nothing is represented, or when a bottleneck cuts between equal modes.
 */
export function minimum(model: Model): Minimum {
  assertWeightDecay(model);
  const sigma = secondMoment(model.input);
  const shared = sharedAxes(model.target, sigma);
  if (shared) return commutingMinimum(model, shared);
  const found = generalMinimum(model, sigma);
  if (found.singularValues.length < model.hiddenUnits) checkResidual(model, sigma, found);
  return found;
}

/** Throws TheoryDomainError when gamma = 0. */
export function assertWeightDecay(model: Model): void {
  if (model.weightDecay > 0) return;
  throw new TheoryDomainError(
    `without weight decay (weightDecay ${model.weightDecay}) the minimum-loss manifold is larger than the rotations ` +
      'of the hidden layer and the theory makes no prediction; give weightDecay a positive value',
    ['model', 'weightDecay'],
  );
}

function generalMinimum(model: Model, sigma: Matrix): Minimum {
  const { u, s, v } = svd(solveGeneral(model.target, sigma, model.weightDecay, model.hiddenUnits));
  const rank = s.filter((value) => value > DEGENERATE * s[0]).length;
  if (rank === 0 || s[0] === 0) throw nothingRepresented(model, svd(multiply(model.target, sigma)).s[0]);
  return {
    singularValues: s.slice(0, rank),
    inputBasis: completeColumns(sliceCols(v, 0, rank), inputs(model)),
    outputBasis: completeColumns(sliceCols(u, 0, rank), outputs(model)),
  };
}

/**
 * With hidden units to spare the problem is convex: at its minimum the residual correlation (A - M) Sigma has the singular
 * value gamma on every learned mode and less outside. A mode exactly at gamma costs nothing to begin to learn: the manifold
 * is then flat in one more direction.
 */
function checkResidual(model: Model, sigma: Matrix, { singularValues, inputBasis, outputBasis }: Minimum): void {
  const rank = singularValues.length;
  const gamma = model.weightDecay;
  const m = multiply(
    sliceCols(outputBasis, 0, rank),
    diagonal(singularValues),
    transpose(sliceCols(inputBasis, 0, rank)),
  );
  const { s } = svd(multiply(add(model.target, m, -1), sigma));
  if (s[0] > gamma * (1 + 1e-7)) {
    throw new TheoryDomainError(
      `the minimum was not reached: the residual correlation is ${s[0].toPrecision(10)}, above weightDecay ${gamma}; ` +
        'the input is too ill-conditioned',
      ['model', 'input'],
    );
  }
  if (rank < s.length) refuseThreshold(model, s[rank]);
}

/** `strength` is the strongest singular value of the residual correlation outside the learned modes. */
function refuseThreshold(model: Model, strength: number): void {
  const gamma = model.weightDecay;
  if (strength <= gamma * (1 - DEGENERATE)) return;
  throw new TheoryDomainError(
    `a mode of strength ${strength.toPrecision(10)} (target times second moment of the input) stands at the threshold of ` +
      `weightDecay ${gamma}, neither learned nor not; change weightDecay`,
    ['model', 'weightDecay'],
  );
}

/** The shared axes in the order of the modes, with what the minimum makes of them. */
export interface LearnedAxes {
  /** s, r values, descending. */
  readonly singularValues: Float64Array;
  /** All n axes: the learned ones first, in the order of s, then those with an image, then those without. */
  readonly axes: readonly SharedAxis[];
}

/**
 * The minimum of a task that shares its axes with the input: s = gain - gamma / lambda where positive, and of those the
 * `hiddenUnits` that reduce the loss most. Throws TheoryDomainError as `minimum` does. O(n log n).
 */
export function learnedAxes(model: Model, shared: readonly SharedAxis[]): LearnedAxes {
  const gamma = model.weightDecay;
  const modes = shared.map((axis) => {
    const strength = axis.variance > 0 ? axis.gain - gamma / axis.variance : -Infinity;
    // The regularised loss falls by lambda s^2 / 2 when this mode is learned: a bottleneck keeps the largest.
    return { axis, strength, lossReduction: strength > 0 ? axis.variance * strength * strength : 0 };
  });
  const learnable = modes.filter(({ strength }) => strength > 0).sort((a, b) => b.lossReduction - a.lossReduction);
  if (learnable.length === 0) {
    throw nothingRepresented(
      model,
      shared.reduce((most, { gain, variance }) => Math.max(most, gain * variance), 0),
    );
  }
  const rank = Math.min(model.hiddenUnits, learnable.length);
  if (rank < learnable.length)
    refuseDegenerateCut(model, learnable[rank - 1].lossReduction, learnable[rank].lossReduction);
  const learned = learnable.slice(0, rank).sort((a, b) => b.strength - a.strength);
  const taken = new Set(learned);
  const rest = modes
    .filter((mode) => !taken.has(mode))
    .map(({ axis }) => axis)
    .sort((a, b) => b.gain * b.variance - a.gain * a.variance);
  if (rank < model.hiddenUnits) refuseThreshold(model, rest.length > 0 ? rest[0].gain * rest[0].variance : 0);
  return {
    singularValues: Float64Array.from(learned, ({ strength }) => strength),
    // Axes with an image come first, so that mode j of the input and mode j of the output belong together.
    axes: [
      ...learned.map(({ axis }) => axis),
      ...rest.filter(({ u }) => u !== null),
      ...rest.filter(({ u }) => u === null),
    ],
  };
}

function commutingMinimum(model: Model, shared: readonly SharedAxis[]): Minimum {
  const { singularValues, axes } = learnedAxes(model, shared);
  const images = axes.flatMap(({ u }) => (u ? [{ v: u }] : []));
  return {
    singularValues,
    inputBasis: basisOf(axes, inputs(model)),
    outputBasis: completeColumns(basisOf(images, outputs(model)), outputs(model)),
  };
}

function refuseDegenerateCut(model: Model, kept: number, dropped: number): void {
  if (kept - dropped > DEGENERATE * kept) return;
  throw new TheoryDomainError(
    `${model.hiddenUnits} hidden units cut the spectrum between two modes of equal lossReduction (lambda s^2 = ${kept.toPrecision(6)} ` +
      `and ${dropped.toPrecision(6)}): the minimum-loss manifold is larger than the rotations of the hidden layer; change hiddenUnits or ` +
      'split the degenerate eigenvalue of the input',
    ['model', 'hiddenUnits'],
  );
}

function nothingRepresented(model: Model, strongest: number): TheoryDomainError {
  return new TheoryDomainError(
    `weightDecay ${model.weightDecay} switches every mode off, nothing is represented: it must be below ` +
      `${strongest.toPrecision(4)}, the largest singular value of the target times the second moment of the input`,
    ['model', 'weightDecay'],
  );
}

/** Theta* = S^(1/2) [V_r^T | U_r^T], r x (n+m): the point Q = I of the manifold, in the original coordinates. */
export function minimumTheta({ singularValues, inputBasis, outputBasis }: Minimum): Matrix {
  const rank = singularValues.length;
  const root = diagonal(singularValues.map(Math.sqrt));
  const w1 = multiply(root, transpose(sliceCols(inputBasis, 0, rank)));
  const w2t = multiply(root, transpose(sliceCols(outputBasis, 0, rank)));
  const rows = Array.from({ length: rank }, (_, a) => [
    ...w1.data.subarray(a * w1.cols, (a + 1) * w1.cols),
    ...w2t.data.subarray(a * w2t.cols, (a + 1) * w2t.cols),
  ]);
  return fromRows(rows);
}

/** Hidden representation of x at Q = I: c = S^(1/2) V_r^T x (r numbers). h = Q c on the manifold. */
export function representation({ singularValues, inputBasis }: Minimum, x: ArrayLike<number>): Float64Array {
  const modes = apply(transpose(inputBasis), x);
  return singularValues.map((s, a) => Math.sqrt(s) * modes[a]);
}

/** 1/2 |(A - M) Sigma^(1/2)|^2 + gamma |M|_*: the regularised loss at the minimum, without label noise. */
export function minimumLoss(model: Model, { singularValues, inputBasis, outputBasis }: Minimum): number {
  const rank = singularValues.length;
  const m = multiply(
    sliceCols(outputBasis, 0, rank),
    diagonal(singularValues),
    transpose(sliceCols(inputBasis, 0, rank)),
  );
  const residual = add(model.target, m, -1);
  const error = multiply(residual, secondMoment(model.input), transpose(residual));
  let task = 0;
  for (let i = 0; i < error.rows; i++) task += error.data[i * error.rows + i] / 2;
  return task + model.weightDecay * singularValues.reduce((sum, s) => sum + s, 0);
}

/** Relative departure of the gradient from 0 at the minimum, for tests: |W2^T R Sigma - gamma W1| + |...|. */
export function stationarity(model: Model, min: Minimum): number {
  const theta = minimumTheta(min);
  const n = inputs(model);
  const w1 = sliceCols(theta, 0, n);
  const w2t = sliceCols(theta, n, theta.cols);
  const correlation = multiply(add(model.target, multiply(transpose(w2t), w1), -1), secondMoment(model.input));
  const g1 = add(multiply(w2t, correlation), w1, -model.weightDecay);
  const g2 = add(multiply(w1, transpose(correlation)), w2t, -model.weightDecay);
  return (norm(g1) + norm(g2)) / (model.weightDecay * norm(theta));
}
