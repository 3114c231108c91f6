import { inputs, outputs, secondMoment, width, type Model } from '#model';
import { commutingProblem } from './solvers/commuting/solver.js';
import { blockOperations, exactFits, exactOperations } from './cost.js';
import { reflectionSymmetric } from './solvers/spectral/symmetry.js';
import { sharedAxes } from './minimum/shared-axes.js';

/**
 * Multiplications that `predict` takes, by order of magnitude: what it counts by itself, so that who wants many predictions
 * can tell beforehand whether they are few enough. Infinity where the rotation tensor is sampled. Takes the axes of task and
 * input, O(n^3), or nothing when they are those of the coordinates. Throws TheoryDomainError where `predict` does for want
 * of a minimum.
 */
export function predictionOperations(model: Model): number {
  const axes = sharedAxes(model.target, secondMoment(model.input));
  if (!axes) return generalOperations(model);
  const { modes } = commutingProblem(model, axes);
  const turned = axes.some(({ v }) => v instanceof Float64Array);
  const own = (turned ? 10 * inputs(model) ** 3 : 0) + blockOperations(modes);
  if (reflectionSymmetric(model, modes)) return own;
  return exactFits(model, modes) ? own + exactOperations(model, modes) : Infinity;
}

/** The noise covariance, the eigenvalues of the Hessian, and the rotation of each plane that the normal directions make. */
function generalOperations(model: Model): number {
  const rank = Math.min(model.hiddenUnits, inputs(model), outputs(model));
  const planes = (rank * (rank - 1)) / 2;
  const normal = rank * width(model) - planes;
  const samples = model.input.stimuli.rows + 2 * model.input.gaussians.length;
  return ((inputs(model) * outputs(model)) ** 2 * samples) / 2 + (20 + 3 * planes) * normal ** 3;
}
