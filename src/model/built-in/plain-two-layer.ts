import { drawsSamples } from '../definition/synaptic-noise.js';
import type { RuleModel } from '../rule.js';
import type { Model } from '../two-layer-sgd/model.js';
import { hasMomentum, type NetworkModel } from './network-model.js';

/** Two layers that learn at the same rate with the same decay, as a model of the rule sgd: without the synaptic noise that they may have. */
export function asTwoLayer({ hiddenLayers: [hiddenUnits], ...model }: NetworkModel): Model {
  const { target, input, learningRate, weightDecay, labelNoiseVariance, batchSize } = model;
  return { hiddenUnits, target, input, learningRate, weightDecay, labelNoiseVariance, batchSize };
}

/** Whether layers are two, and learn as those of the rule sgd do but for momentum. */
export const isTwoAlike = ({ hiddenLayers, layerRates, layerDecays }: NetworkModel): boolean =>
  hiddenLayers.length === 1 && !layerRates && !layerDecays;

/** The network of the rule sgd that learns from the same samples without synaptic noise; null where none does. */
export function learningAlone(model: RuleModel): Model | null {
  if (model.rule !== 'deepLinear' || !drawsSamples(model)) return null;
  const network = model as NetworkModel;
  return isTwoAlike(network) && !hasMomentum(network) ? asTwoLayer(network) : null;
}
