import { fromData, identity, multiply, svd, transpose, zeros, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, ruleOf, secondMoment, type InputDistribution, type RuleModel } from '#model';
import type { Prediction } from '#theory';

/** Directions whose response is below this share of the largest are irrelevant. */
const IRRELEVANT = 1e-6;

/** A direction of the input, and its variance. */
export interface InputAxis {
  readonly direction: Float64Array;
  readonly variance: number;
}

/** How the network at its fixed point divides the input. */
export interface InputAxes {
  /** Directions that it responds to, an orthonormal set, the largest response first. */
  readonly relevant: readonly InputAxis[];
  /** The others. */
  readonly irrelevant: readonly InputAxis[];
}

export function inputAxes(model: RuleModel, { referencePoint }: Prediction): InputAxes {
  const n = model.input.size;
  const rule = ruleOf(model);
  const units = rule.units(model, referencePoint);
  const hidden = new Float64Array(n * units);
  rule.representation(identity(n), model)(hidden, referencePoint);
  const responses = fromData(n, units, hidden);
  // n x n, so that the irrelevant directions have columns, too.
  const { u, s } = svd(multiply(responses, transpose(responses)));
  const moment = secondMoment(model.input);
  const all = Array.from(s, (square, k) => {
    const direction = Float64Array.from({ length: n }, (_, j) => u.data[j * u.cols + k]);
    const axis = fromData(n, 1, direction);
    const variance = multiply(transpose(axis), moment, axis).data[0];
    return { direction, variance, isRelevant: Math.sqrt(square) > IRRELEVANT * Math.sqrt(s[0]) };
  });
  return { relevant: all.filter((axis) => axis.isRelevant), irrelevant: all.filter((axis) => !axis.isRelevant) };
}

/** The input with its components along orthonormal directions multiplied by a factor. */
export function scaledAlong(input: InputDistribution, axes: readonly InputAxis[], factor: number): InputDistribution {
  const n = input.size;
  const map = identity(n);
  for (const { direction } of axes) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) map.data[i * n + j] += (factor - 1) * direction[i] * direction[j];
    }
  }
  const { data } = multiply(input.stimuli, map);
  return inputDistribution(
    n,
    input.gaussians.map(({ weight, covariance }) => gaussianPart(weight, multiply(map, covariance, map))),
    Array.from(input.probabilities, (probability, k) => ({ probability, stimulus: data.subarray(k * n, (k + 1) * n) })),
  );
}

/** A matrix with zeros in further rows and columns, and `last` in the corner. */
export function bordered(a: Matrix, rows: number, cols: number, last: number): Matrix {
  const result = zeros(rows, cols);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) result.data[i * cols + j] = a.data[i * a.cols + j];
  }
  result.data[result.data.length - 1] = last;
  return result;
}

/** The input with one more dimension, independent and Gaussian; null where the input is not one Gaussian itself. */
export function withDimension(
  { size, gaussians, stimuli }: InputDistribution,
  variance: number,
): InputDistribution | null {
  if (stimuli.rows > 0 || gaussians.length !== 1) return null;
  const [{ weight, covariance }] = gaussians;
  return inputDistribution(size + 1, [gaussianPart(weight, bordered(covariance, size + 1, size + 1, variance))], []);
}

/** The mean variance of axes. */
export const meanVariance = (axes: readonly InputAxis[]): number =>
  axes.reduce((sum, { variance }) => sum + variance, 0) / axes.length;

/** |A v| of a task A for a direction. */
export const strengthAlong = (target: Matrix, { direction }: InputAxis): number =>
  Math.hypot(...multiply(target, fromData(direction.length, 1, direction)).data);
