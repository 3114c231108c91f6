import { fromData, multiply, svd, transpose, zeros, type ArrayAlgebra } from '#linalg';
import type { RuleDefinition, UnitRotations } from '../definition/rule-definition.js';
import { secondMoment } from '../input/moments.js';
import type { State } from '../rule.js';
import { balancedMode } from './balanced-mode.js';
import { decayPenalty } from './decay-penalty.js';
import {
  accelerated,
  decayed,
  hasMomentum,
  layerSizes,
  networkArrays,
  networkDual,
  weightsOf,
  type NetworkModel,
} from './network-model.js';
import { withoutMomentum } from './without-momentum.js';

/** Why no theory predicts networks without weight decay. */
export const WITHOUT_DECAY =
  'without weight decay the minimum-loss manifold is larger than the rotations of the hidden layer';

/** A linear network of any number of hidden layers. */
export interface DeepLinearModel extends NetworkModel {
  readonly rule: 'deepLinear';
}

/** x, h_1, ..., h_L with h_l = W_l h_(l-1). */
function activities<A>({ multiply }: ArrayAlgebra<A>, weights: readonly A[], input: A): A[] {
  const all = [input];
  for (const w of weights) all.push(multiply(w, all[all.length - 1]));
  return all;
}

/**
 * g_l = r_l (b_l h_(l-1)^T - gamma d_l W_l), where b_L = e = A x + eps - h_L and b_(l-1) = W_l^T b_l. Rotations of every hidden layer,
 * W_l -> R W_l with W_(l+1) -> W_(l+1) R^T, and the same of their velocities, are symmetries.
 */
export const deepLinear: RuleDefinition<DeepLinearModel> = {
  name: 'deepLinear',
  arrays: networkArrays,
  labelNoise: ({ target, labelNoiseVariance: variance }) => ({ size: variance > 0 ? target.rows : 0, variance }),
  batchSize: ({ batchSize }) => batchSize,
  update: (algebra, model, state, { input, noise }) => {
    const { constant, multiply, add, subtract, transpose } = algebra;
    const weights = weightsOf(model, state);
    const h = activities(algebra, weights, input);
    const wanted = multiply(constant(model.target), input);
    let back = subtract(model.labelNoiseVariance > 0 ? add(wanted, noise) : wanted, h[weights.length]);
    const gradients: (typeof back)[] = [];
    for (let l = weights.length - 1; l >= 0; l--) {
      gradients.unshift(multiply(back, transpose(h[l])));
      back = multiply(transpose(weights[l]), back);
    }
    return accelerated(algebra, model, state, decayed(algebra, model, weights, gradients));
  },
  symmetry: ({ hiddenLayers }) => hiddenLayers.map((units, l) => rotationsOf(l, units, hiddenLayers.length + 1)),
  dual: networkDual,
  withUnits: (model, hiddenLayers) => ({ ...model, hiddenLayers }),
  representations: (algebra, model, state, input) => activities(algebra, weightsOf(model, state), input).slice(1, -1),
  loss: (algebra, model, state, { input, noise }) => {
    const { constant, multiply, add, subtract, scale, transpose } = algebra;
    const weights = weightsOf(model, state);
    const wanted = multiply(constant(model.target), input);
    const output = activities(algebra, weights, input)[weights.length];
    const error = subtract(model.labelNoiseVariance > 0 ? add(wanted, noise) : wanted, output);
    return {
      task: scale(multiply(transpose(error), error), 0.5),
      penalty: decayPenalty(algebra, model, weights),
    };
  },
  nearFixedPoint,
  unpredicted: ({ weightDecay }) => (weightDecay > 0 ? null : WITHOUT_DECAY),
  slow: withoutMomentum,
};

function rotationsOf(layer: number, units: number, layers: number): UnitRotations {
  return {
    name: `hidden layer ${layer + 1}`,
    units,
    act: ({ multiply, transpose }, rotation, state) =>
      state.map((w, k) => {
        const l = k % layers;
        return l === layer ? multiply(rotation, w) : l === layer + 1 ? multiply(w, transpose(rotation)) : w;
      }),
  };
}

/**
 * The balanced minimum for a task that shares its axes with the input, A = U diag(t) V^T and E x x^T = V diag(l) V^T: every layer has
 * the same weight w of a mode, but for c / sqrt(d_l) with c^2L the product of all d_l. The singular vectors of A E x x^T are these axes;
 * for any other task this is only near.
 */
function nearFixedPoint(model: DeepLinearModel): State {
  const units = layerSizes(model);
  const sigma = secondMoment(model.input);
  const { u, s, v } = svd(multiply(model.target, sigma));
  const variances = multiply(transpose(v), sigma, v);
  const layers = units.length - 1;
  const decays = Array.from({ length: layers }, (_, l) => model.layerDecays?.at(l) ?? 1);
  // The decay of balanced weights: its square root is c.
  const mean = decays.reduce((product, decay) => product * decay, 1) ** (1 / layers);
  const modes = Array.from(s, (strength, a) => {
    const variance = variances.data[a * (s.length + 1)];
    return { a, ...balancedMode(variance > 0 ? strength / variance : 0, variance, mean * model.weightDecay, layers) };
  })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.gain - left.gain)
    .slice(0, Math.min(...units));
  const weights = units.slice(1).map((rows, l) => {
    const size = Math.sqrt(mean / decays[l]);
    const data = new Float64Array(rows * units[l]);
    modes.forEach(({ a, weight }, mode) => {
      for (let i = 0; i < rows; i++) {
        const left = l === layers - 1 ? u.data[i * u.cols + a] : Number(i === mode);
        if (left === 0) continue;
        for (let j = 0; j < units[l]; j++) {
          const right = l === 0 ? v.data[j * v.cols + a] : Number(j === mode);
          data[i * units[l] + j] += size * weight * left * right;
        }
      }
    });
    return fromData(rows, units[l], data);
  });
  return hasMomentum(model) ? [...weights, ...weights.map(({ rows, cols }) => zeros(rows, cols))] : weights;
}
