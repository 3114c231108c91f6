import { add, completeColumns, multiply, sliceCols, svd, type Matrix } from '#linalg';
import { inputs, outputs, secondMoment, type Model } from '#model';
import { assertConverged, assertOffThreshold, assertRepresented, assertWeightDecay, DEGENERATE } from '../domain.js';
import { commutingMinimum } from './commuting.js';
import { linearMap, type Minimum } from './manifold.js';
import { minimizeNuclearNorm } from './nuclear-norm.js';
import { sharedAxes } from './shared-axes.js';

/**
 * Minimises 1/2 |(A - M) Sigma^(1/2)|^2 + gamma |M|_* over rank(M) <= p: in closed form, s_i = a_i - gamma / lambda_i, when
 * task and input share their axes, otherwise numerically. Throws TheoryDomainError when gamma = 0 (no isolated manifold),
 * when nothing is represented, or when a bottleneck cuts between equal modes.
 */
export function minimum(model: Model): Minimum {
  assertWeightDecay(model);
  const sigma = secondMoment(model.input);
  const shared = sharedAxes(model.target, sigma);
  return shared ? commutingMinimum(model, shared) : generalMinimum(model, sigma);
}

function generalMinimum(model: Model, sigma: Matrix): Minimum {
  const { u, s, v } = svd(minimizeNuclearNorm(model.target, sigma, model.weightDecay, model.hiddenUnits));
  const rank = s.filter((value) => value > DEGENERATE * s[0]).length;
  assertRepresented(model, rank > 0 && s[0] !== 0, () => svd(multiply(model.target, sigma)).s[0]);
  const found: Minimum = {
    singularValues: s.slice(0, rank),
    inputBasis: completeColumns(sliceCols(v, 0, rank), inputs(model)),
    outputBasis: completeColumns(sliceCols(u, 0, rank), outputs(model)),
  };
  if (rank < model.hiddenUnits) assertGlobal(model, sigma, found);
  return found;
}

/**
 * With hidden units to spare the problem is convex: at its minimum the residual correlation (A - M) Sigma has the singular
 * value gamma on every learned mode and less outside.
 */
function assertGlobal(model: Model, sigma: Matrix, found: Minimum): void {
  const { s } = svd(multiply(add(model.target, linearMap(found), -1), sigma));
  assertConverged(model, s[0]);
  const rank = found.singularValues.length;
  if (rank < s.length) assertOffThreshold(model, s[rank]);
}
