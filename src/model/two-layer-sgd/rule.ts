import { InvalidInputError } from '#core';
import { multiply, SparseMatrix, transpose, type Matrix } from '#linalg';
import type { LearningRule, ReplicaKey, StartingPoint } from '../rule.js';
import { leftRotations } from '../symmetry/left-rotations.js';
import { haarFrame, lift, randomStart } from './hidden-size.js';
import { inputs, thetaOf, width, type Model } from './model.js';
import { populationLoss } from './population-loss.js';
import { readableStep } from './step.js';

/** The hidden units (p x k) in which a replica of k simulated ones turns; null where all are simulated. */
const frameOf = ({ hiddenUnits }: Model, from: StartingPoint, key: ReplicaKey, units: number): Matrix | null =>
  // Random weights that were not reduced are isotropic as they are; a point of the manifold needs a random frame.
  'random' in from && units === hiddenUnits ? null : haarFrame(key.seed, key.replica, hiddenUnits, units);

/** Two-layer linear networks under stochastic gradient descent with weight decay, see `Model`. */
export const twoLayerSgd: LearningRule<Model> = {
  name: 'sgd',
  arrays: (model) => [{ name: 'theta', rows: model.hiddenUnits, cols: width(model) }],
  assertValid: ({ learningRate, weightDecay, layer = 1 }) => {
    if (layer !== 1)
      throw new InvalidInputError(`found ${layer}, expected 1: there is one hidden layer`, ['simulation', 'layer']);
    const product = learningRate * weightDecay;
    if (product < 1) return;
    throw new InvalidInputError(
      `learning rate times weight decay is ${product}: one step would erase the weights; it must be below 1`,
      ['model', 'learningRate'],
    );
  },
  hiddenUnits: ({ hiddenUnits }) => hiddenUnits,
  units: (_, state) => thetaOf(state).rows,
  start: (model, from, { seed, replica }) =>
    'onManifold' in from ? from.onManifold : [randomStart(seed, replica, model.hiddenUnits, width(model), from.random)],
  reduction: {
    mostUnits: (model) => Math.min(model.hiddenUnits, width(model)),
    lift: (model, from, key, state) => {
      const theta = thetaOf(state);
      return [lift(frameOf(model, from, key, theta.rows), theta)];
    },
    liftRepresentations: (model, from, key, hidden) => {
      const frame = frameOf(model, from, key, hidden.cols);
      return frame ? multiply(hidden, transpose(frame)) : hidden;
    },
  },
  step: (model, template) => {
    const step = readableStep(model, thetaOf(template).rows);
    return (state, streams) => {
      step(thetaOf(state), streams);
    };
  },
  // One or two for each weight, and one for each entry of an input's factor and of the target.
  stepOperations: (model, state) => model.batchSize * (thetaOf(state).data.length + inputs(model) * width(model)),
  representation: (stimuli) => {
    const sparse = SparseMatrix.from(stimuli);
    return (hidden, state) => {
      const { data, rows, cols } = thetaOf(state);
      sparse.timesTransposed(hidden, data, rows, cols);
    };
  },
  losses: (model) => {
    const loss = populationLoss(model);
    return (state) => loss(thetaOf(state));
  },
  symmetry: () => [leftRotations],
};
