import { fromData, multiply, svd, transpose, type ArrayAlgebra, type Matrix } from '#linalg';
import type { RuleDefinition, UnitRotations } from '../definition/rule-definition.js';
import { secondMoment } from '../input/moments.js';
import type { RuleModel, State } from '../rule.js';
import { balancedMode } from './balanced-mode.js';

/** A linear network of L = hiddenLayers.length + 1 layers of weights under stochastic gradient descent with weight decay. */
export interface DeepLinearModel extends RuleModel {
  readonly rule: 'deepLinear';
  /** p_1, ..., p_(L-1): hidden units of each layer. */
  readonly hiddenLayers: readonly number[];
  /** A (m x n): the target is y = A x + eps. */
  readonly target: Matrix;
  /** gamma. */
  readonly weightDecay: number;
  /** Variance of each component of eps. */
  readonly labelNoiseVariance: number;
  readonly batchSize: number;
}

const sizes = ({ hiddenLayers, target, input }: DeepLinearModel): number[] => [
  input.size,
  ...hiddenLayers,
  target.rows,
];

/** x, h_1, ..., h_L with h_l = W_l h_(l-1). */
function activities<A>({ multiply }: ArrayAlgebra<A>, state: readonly A[], input: A): A[] {
  const all = [input];
  for (const w of state) all.push(multiply(w, all[all.length - 1]));
  return all;
}

/**
 * g_l = b_l h_(l-1)^T - gamma W_l, where b_L = e = A x + eps - h_L and b_(l-1) = W_l^T b_l. Rotations of every hidden layer,
 * W_l -> R W_l with W_(l+1) -> W_(l+1) R^T, are symmetries.
 */
export const deepLinear: RuleDefinition<DeepLinearModel> = {
  name: 'deepLinear',
  arrays: (model) => {
    const units = sizes(model);
    return units.slice(1).map((rows, l) => ({ name: `W${l + 1}`, rows, cols: units[l] }));
  },
  labelNoise: ({ target, labelNoiseVariance: variance }) => ({ size: variance > 0 ? target.rows : 0, variance }),
  batchSize: ({ batchSize }) => batchSize,
  update: (algebra, { target, weightDecay, labelNoiseVariance }, state, { input, noise }) => {
    const { constant, multiply, add, subtract, scale, transpose } = algebra;
    const h = activities(algebra, state, input);
    const wanted = multiply(constant(target), input);
    let back = subtract(labelNoiseVariance > 0 ? add(wanted, noise) : wanted, h[state.length]);
    const updates: (typeof back)[] = [];
    for (let l = state.length - 1; l >= 0; l--) {
      updates.unshift(subtract(multiply(back, transpose(h[l])), scale(state[l], weightDecay)));
      back = multiply(transpose(state[l]), back);
    }
    return updates;
  },
  symmetry: ({ hiddenLayers }) => hiddenLayers.map((units, l) => rotationsOf(l, units)),
  withUnits: (model, hiddenLayers) => ({ ...model, hiddenLayers }),
  representations: (algebra, _, state, input) => activities(algebra, state, input).slice(1, -1),
  loss: (algebra, { target, weightDecay, labelNoiseVariance }, state, { input, noise }) => {
    const { constant, multiply, add, subtract, scale, transpose, hadamard } = algebra;
    const wanted = multiply(constant(target), input);
    const output = activities(algebra, state, input)[state.length];
    const error = subtract(labelNoiseVariance > 0 ? add(wanted, noise) : wanted, output);
    const squares = state.map((w) => total(algebra, hadamard(w, w)));
    const [first, ...others] = squares;
    return {
      task: scale(multiply(transpose(error), error), 0.5),
      penalty: scale(add(first, ...others), weightDecay / 2),
    };
  },
  nearFixedPoint,
};

function rotationsOf(layer: number, units: number): UnitRotations {
  return {
    name: `hidden layer ${layer + 1}`,
    units,
    act: ({ multiply, transpose }, rotation, state) =>
      state.map((w, l) =>
        l === layer ? multiply(rotation, w) : l === layer + 1 ? multiply(w, transpose(rotation)) : w,
      ),
  };
}

/** The sum of all entries, 1 x 1. */
function total<A>({ constant, multiply, rows, cols }: ArrayAlgebra<A>, a: A): A {
  const ones = (count: number): Float64Array => new Float64Array(count).fill(1);
  return multiply(constant(fromData(1, rows(a), ones(rows(a)))), a, constant(fromData(cols(a), 1, ones(cols(a)))));
}

/**
 * The balanced minimum for a task that shares its axes with the input, A = U diag(t) V^T and E x x^T = V diag(l) V^T: every layer has
 * the same weight w of a mode. The singular vectors of A E x x^T are these axes; for any other task this is only near.
 */
function nearFixedPoint(model: DeepLinearModel): State {
  const units = sizes(model);
  const sigma = secondMoment(model.input);
  const { u, s, v } = svd(multiply(model.target, sigma));
  const variances = multiply(transpose(v), sigma, v);
  const layers = units.length - 1;
  const modes = Array.from(s, (strength, a) => {
    const variance = variances.data[a * (s.length + 1)];
    return { a, ...balancedMode(variance > 0 ? strength / variance : 0, variance, model.weightDecay, layers) };
  })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.gain - left.gain)
    .slice(0, Math.min(...units));
  return units.slice(1).map((rows, l) => {
    const data = new Float64Array(rows * units[l]);
    modes.forEach(({ a, weight }, mode) => {
      for (let i = 0; i < rows; i++) {
        const left = l === layers - 1 ? u.data[i * u.cols + a] : Number(i === mode);
        if (left === 0) continue;
        for (let j = 0; j < units[l]; j++) {
          const right = l === 0 ? v.data[j * v.cols + a] : Number(j === mode);
          data[i * units[l] + j] += weight * left * right;
        }
      }
    });
    return fromData(rows, units[l], data);
  });
}
