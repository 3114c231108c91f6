import { TheoryDomainError } from '#core';
import { fromData, type ArrayAlgebra } from '#linalg';
import type { RuleDefinition, Sample } from '../definition/rule-definition.js';
import { decayPenalty } from './decay-penalty.js';
import { dropoutMasks, dropoutNormals, type Dropout } from './dropout.js';
import { accelerated, decayed, networkArrays, weightsOf, type NetworkModel } from './network-model.js';

/** phi of the hidden units. */
export type Activation = 'linear' | 'relu' | 'tanh';

/** A network with activation functions or dropout, of any number of hidden layers. */
export interface DeepModel extends NetworkModel {
  readonly rule: 'deep';
  readonly activation: Activation;
  readonly dropout?: Dropout | undefined;
}

const NO_DROPOUT: Dropout = { nodes: 0, weights: 0 };

interface ActivationFunction {
  readonly value: <A>(algebra: ArrayAlgebra<A>, z: A) => A;
  /** phi' from z and h = phi(z); null where it is 1. */
  readonly slope: (<A>(algebra: ArrayAlgebra<A>, z: A, h: A) => A) | null;
}

const activations: Readonly<Record<Activation, ActivationFunction>> = {
  linear: { value: (_, z) => z, slope: null },
  relu: { value: ({ relu }, z) => relu(z), slope: ({ positive }, z) => positive(z) },
  tanh: {
    value: ({ tanh }, z) => tanh(z),
    slope: ({ constant, subtract, hadamard, rows }, _, h) =>
      subtract(constant(fromData(rows(h), 1, new Float64Array(rows(h)).fill(1))), hadamard(h, h)),
  },
};

/** x, h_1, ..., h_(L-1) and the output, without dropout. */
function activities<A>(algebra: ArrayAlgebra<A>, model: DeepModel, weights: readonly A[], input: A): A[] {
  const { value } = activations[model.activation];
  const all = [input];
  weights.forEach((w, l) => {
    const z = algebra.multiply(w, all[l]);
    all.push(l < weights.length - 1 ? value(algebra, z) : z);
  });
  return all;
}

const wantedOutput = <A>(
  { constant, multiply, add }: ArrayAlgebra<A>,
  { target, labelNoiseVariance }: DeepModel,
  { input, noise }: Sample<A>,
): A => {
  const wanted = multiply(constant(target), input);
  return labelNoiseVariance > 0 ? add(wanted, noise) : wanted;
};

/**
 * Stochastic gradient descent with h_l = m_l phi(z_l), z_l = (M_l W_l) h_(l-1), and masks m, M of dropout, entry by entry:
 *   g_l = r_l (M_l (b_l h_(l-1)^T) - gamma d_l W_l),  b_(l-1) = phi'(z_(l-1)) m_(l-1) ((M_l W_l)^T b_l).
 * Only exchanges of hidden units are symmetries, so that no theory predicts its drift.
 */
export const deep: RuleDefinition<DeepModel> = {
  name: 'deep',
  degree: null,
  arrays: networkArrays,
  labelNoise: ({ target, labelNoiseVariance: variance }) => ({ size: variance > 0 ? target.rows : 0, variance }),
  batchSize: ({ batchSize }) => batchSize,
  normals: (model) => dropoutNormals(model, model.dropout ?? NO_DROPOUT),
  update: (algebra, model, state, sample) => {
    const { multiply, subtract, transpose, hadamard } = algebra;
    const { value, slope } = activations[model.activation];
    const weights = weightsOf(model, state);
    const masks = dropoutMasks(algebra, model, model.dropout ?? NO_DROPOUT, sample.normals ?? []);
    const used = masks.weights?.map((mask, l) => hadamard(mask, weights[l])) ?? weights;
    const sums: (typeof sample.input)[] = [];
    const unmasked: typeof sums = [];
    const h = [sample.input];
    used.slice(0, -1).forEach((w, l) => {
      sums.push(multiply(w, h[l]));
      unmasked.push(value(algebra, sums[l]));
      h.push(masks.units ? hadamard(masks.units[l], unmasked[l]) : unmasked[l]);
    });
    let back = subtract(wantedOutput(algebra, model, sample), multiply(used[used.length - 1], h[used.length - 1]));
    const gradients: typeof sums = [];
    for (let l = used.length - 1; l >= 0; l--) {
      const gradient = multiply(back, transpose(h[l]));
      gradients.unshift(masks.weights ? hadamard(masks.weights[l], gradient) : gradient);
      if (l === 0) break;
      back = multiply(transpose(used[l]), back);
      if (masks.units) back = hadamard(masks.units[l - 1], back);
      if (slope) back = hadamard(slope(algebra, sums[l - 1], unmasked[l - 1]), back);
    }
    return accelerated(algebra, model, state, decayed(algebra, model, weights, gradients));
  },
  symmetry: () => [],
  unpredicted,
  representations: (algebra, model, state, input) =>
    activities(algebra, model, weightsOf(model, state), input).slice(1, -1),
  loss: (algebra, model, state, sample) => {
    const { multiply, subtract, scale, transpose } = algebra;
    const weights = weightsOf(model, state);
    const output = activities(algebra, model, weights, sample.input)[weights.length];
    const error = subtract(wantedOutput(algebra, model, sample), output);
    return {
      task: scale(multiply(transpose(error), error), 0.5),
      penalty: decayPenalty(algebra, model, weights),
    };
  },
  nearFixedPoint: (model) => {
    throw new TheoryDomainError(unpredicted(model), ['model']);
  },
};

function unpredicted({ activation, dropout = NO_DROPOUT }: DeepModel): string {
  const what = [
    ...(activation === 'linear' ? [] : [`${activation} units`]),
    ...(dropout.nodes > 0 ? ['dropout of units'] : []),
    ...(dropout.weights > 0 ? ['dropout of weights'] : []),
  ].join(' and ');
  return `with ${what || 'the rule deep'} no rotation of the hidden layer is a symmetry`;
}
