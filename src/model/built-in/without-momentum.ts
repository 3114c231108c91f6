import { sliceCols, transpose, zeros, type Matrix } from '#linalg';
import type { SlowModel } from '../definition/rule-definition.js';
import type { SynapticNoise } from '../definition/synaptic-noise.js';
import type { State } from '../rule.js';
import { thetaOf } from '../two-layer-sgd/model.js';
import { hasMomentum, weightsOf, type NetworkModel } from './network-model.js';
import { asTwoLayer, isTwoAlike } from './plain-two-layer.js';

/**
 * The network without momentum that Y = W + mu / (1 - mu) V follows but for |V|, of order eta: Y <- Y + eta / (1 - mu) g(W, z). Its learning
 * rate is eta / (1 - mu); the synaptic noise of a step is as large. Where it is a two-layer network as any other, it is one of the rule sgd.
 */
export function withoutMomentum(model: NetworkModel): SlowModel | null {
  if (!hasMomentum(model)) return null;
  const { momentum = 0, synapticNoise } = model;
  const slow: NetworkModel = {
    ...model,
    momentum: 0,
    learningRate: model.learningRate / (1 - momentum),
    synapticNoise: synapticNoise && slowed(synapticNoise, momentum),
  };
  const atRest = (weights: State): State => [...weights, ...weights.map(({ rows, cols }) => zeros(rows, cols))];
  if (!isTwoAlike(slow) || synapticNoise) {
    return { model: slow, atRest, slowPart: (state) => weightsOf(slow, state) };
  }
  return {
    model: { ...asTwoLayer(slow), ...(slow.noiseSource && { noiseSource: slow.noiseSource }) },
    atRest: (state) => atRest(layersOf(slow, thetaOf(state))),
    slowPart: (state) => [thetaOfLayers(weightsOf(slow, state))],
  };
}

/** Noise of the same variance in a step of the learning rate eta / (1 - mu). */
const slowed = (noise: SynapticNoise, momentum: number): SynapticNoise => ({
  ...noise,
  variance: noise.variance * (1 - momentum) ** (noise.scaling === 'sqrt' ? 1 : 2),
});

/** Theta = [W1 | W2^T]. */
function thetaOfLayers([first, second]: State): Matrix {
  const { rows, cols } = first;
  const width = cols + second.rows;
  const theta = zeros(rows, width);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) theta.data[i * width + j] = first.data[i * cols + j];
    for (let j = 0; j < second.rows; j++) theta.data[i * width + cols + j] = second.data[j * rows + i];
  }
  return theta;
}

/** W1 and W2 of Theta = [W1 | W2^T]. */
function layersOf({ input }: NetworkModel, theta: Matrix): Matrix[] {
  return [sliceCols(theta, 0, input.size), transpose(sliceCols(theta, input.size, theta.cols))];
}
