import { TheoryDomainError } from '#core';
import {
  add,
  apply,
  column,
  completeColumns,
  diagonal,
  fromRows,
  maxAbs,
  multiply,
  norm,
  sliceCols,
  svd,
  symmetricEigen,
  transpose,
  type Matrix,
} from '#linalg';
import { inputs, outputs, secondMoment, type Model } from '#model';
import { solveGeneral } from './general-task.js';

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
  if (!(model.weightDecay > 0)) {
    throw new TheoryDomainError(
      `without weight decay (weightDecay ${model.weightDecay}) the minimum-loss manifold is larger than the rotations ` +
        'of the hidden layer and the theory makes no prediction; give weightDecay a positive value',
      ['model', 'weightDecay'],
    );
  }
  const sigma = secondMoment(model.input);
  const shared = sharedAxes(model.target, sigma);
  const found = shared ? commutingMinimum(model, shared) : generalMinimum(model, sigma);
  if (found.singularValues.length < model.hiddenUnits) checkResidual(model, sigma, found);
  return found;
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
  if (rank < s.length && s[rank] > gamma * (1 - DEGENERATE)) {
    throw new TheoryDomainError(
      `a mode of strength ${s[rank].toPrecision(10)} (target times second moment of the input) stands at the threshold of ` +
        `weightDecay ${gamma}, neither learned nor not; change weightDecay`,
      ['model', 'weightDecay'],
    );
  }
}

/** One axis shared by task and input: A v = gain u, Sigma v = variance v. */
interface SharedAxis {
  readonly gain: number;
  readonly variance: number;
  readonly v: Float64Array;
  readonly u: Float64Array | null;
}

/**
 * The common axes of A^T A and Sigma, or null when the two do not commute. Inside a degenerate eigenspace of Sigma the
 * axes are those of A^T A.
 */
function sharedAxes(target: Matrix, sigma: Matrix): SharedAxis[] | null {
  const n = sigma.rows;
  const gram = multiply(transpose(target), target);
  const { values, vectors } = symmetricEigen(sigma);
  const spread = Math.max(values[n - 1], 0);
  const axes: SharedAxis[] = [];
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && values[to] - values[to - 1] <= 1e-10 * spread) to++;
    const space = sliceCols(vectors, from, to);
    const inner = symmetricEigen(multiply(transpose(space), gram, space));
    const basis = multiply(space, inner.vectors);
    for (let k = 0; k < basis.cols; k++) {
      const v = column(basis, k);
      const image = apply(target, v);
      const gain = Math.hypot(...image);
      const variance = Math.max(values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from), 0);
      const represented = gain > 1e-12 * maxAbs(target);
      axes.push({ gain, variance, v, u: represented ? image.map((value) => value / gain) : null });
    }
    from = to;
  }
  const basis = transpose(fromRows(axes.map(({ v }) => v)));
  const off = multiply(transpose(basis), gram, basis);
  for (let i = 0; i < n; i++) off.data[i * n + i] = 0;
  return maxAbs(off) <= 1e-11 * maxAbs(gram) ? axes : null;
}

function commutingMinimum(model: Model, axes: readonly SharedAxis[]): Minimum {
  const gamma = model.weightDecay;
  const modes = axes.map((axis) => {
    const strength = axis.variance > 0 ? axis.gain - gamma / axis.variance : -Infinity;
    // The regularised loss falls by lambda s^2 / 2 when this mode is learned: a bottleneck keeps the largest.
    return { ...axis, strength, worth: strength > 0 ? axis.variance * strength * strength : 0 };
  });
  const learnable = modes.filter(({ strength }) => strength > 0).sort((a, b) => b.worth - a.worth);
  if (learnable.length === 0) {
    throw nothingRepresented(model, Math.max(...axes.map(({ gain, variance }) => gain * variance)));
  }
  const rank = Math.min(model.hiddenUnits, learnable.length);
  if (rank < learnable.length) refuseDegenerateCut(model, learnable[rank - 1].worth, learnable[rank].worth);
  const learned = learnable.slice(0, rank).sort((a, b) => b.strength - a.strength);
  const rest = modes
    .filter((mode) => !learned.includes(mode))
    .sort((a, b) => b.gain * b.variance - a.gain * a.variance);
  // Axes with an image come first, so that mode j of the input and mode j of the output belong together.
  const ordered = [...learned, ...rest.filter(({ u }) => u !== null), ...rest.filter(({ u }) => u === null)];
  const images = ordered.flatMap(({ u }) => (u ? [u] : []));
  return {
    singularValues: Float64Array.from(learned, ({ strength }) => strength),
    inputBasis: transpose(fromRows(ordered.map(({ v }) => v))),
    outputBasis: completeColumns(transpose(fromRows(images)), outputs(model)),
  };
}

function refuseDegenerateCut(model: Model, kept: number, dropped: number): void {
  if (kept - dropped > DEGENERATE * kept) return;
  throw new TheoryDomainError(
    `${model.hiddenUnits} hidden units cut the spectrum between two modes of equal worth (lambda s^2 = ${kept.toPrecision(6)} ` +
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
