import { InvalidInputError } from '#core';
import type { Activation, Dropout, NetworkModel } from '#model';
import { z } from 'zod';
import { ruleParameters } from '../../parameters.js';

const LARGEST_FACTOR = 1e6;
const FACTORS = `a list of numbers above 0, at most ${LARGEST_FACTOR}, one for each layer of weights`;
const factors = z
  .array(z.number(FACTORS).gt(0, FACTORS).max(LARGEST_FACTOR, FACTORS), FACTORS)
  .min(2, FACTORS)
  .optional();

const { momentum } = ruleParameters;
const MOMENTUM = `a number from ${momentum.min} to ${momentum.max}`;

/** Keys of networks under stochastic gradient descent that make it other than plain. */
export const networkKeys = {
  layerRates: factors.describe(
    'Factors of the learning rate, one for each layer of weights: `[1, 3]` learns W2 three times as fast as W1.',
  ),
  layerDecays: factors.describe('Factors of the weight decay, one for each layer of weights.'),
  momentum: z
    .number(MOMENTUM)
    .min(momentum.min, MOMENTUM)
    .max(momentum.max, MOMENTUM)
    .optional()
    .describe(momentum.description),
};

const SHARE = 'a number from 0 to 0.99';
const share = z.number(SHARE).min(0, SHARE).max(0.99, SHARE).default(0);
const DROPOUT = '{nodes: 0.1, weights: 0}: the shares of hidden units and of weights that each sample leaves out';

/** Keys of networks that need not be linear. */
export const deepKeys = {
  activation: z
    .enum(['linear', 'relu', 'tanh'], 'linear, relu or tanh')
    .optional()
    .describe('Of the hidden units; `linear` unless given. Others are simulated and measured, not predicted.'),
  dropout: z
    .strictObject(
      {
        nodes: share.describe('Probability that a sample leaves out a hidden unit; the others count 1/(1 − nodes).'),
        weights: share.describe('The same of a weight.'),
      },
      DROPOUT,
    )
    .optional()
    .describe('Dropout of hidden units and of weights, anew for every sample; simulated and measured, not predicted.'),
};

interface DeepKeys {
  readonly activation?: Activation | undefined;
  readonly dropout?: Dropout | undefined;
}

/** Whether they make a network other than a linear one. */
export const isDeep = ({ activation = 'linear', dropout }: DeepKeys): boolean =>
  activation !== 'linear' || (dropout !== undefined && dropout.nodes + dropout.weights > 0);

type NetworkKeys = Pick<NetworkModel, 'layerRates' | 'layerDecays' | 'momentum'>;

/** Whether the keys say nothing: stochastic gradient descent with one rate and decay for all layers. */
export const isPlain = ({ layerRates, layerDecays, momentum }: NetworkKeys): boolean =>
  !layerRates && !layerDecays && momentum === undefined;

/** Throws InvalidInputError for factors that are not as many as the layers of weights. */
export function assertLayerFactors(keys: NetworkKeys, hiddenLayers: number): void {
  for (const key of ['layerRates', 'layerDecays'] as const) {
    const found = keys[key]?.length;
    if (found === undefined || found === hiddenLayers + 1) continue;
    throw new InvalidInputError(
      `found ${found} numbers, expected ${hiddenLayers + 1}, one for each layer of weights: W1 to W${hiddenLayers + 1}`,
      ['model', key],
    );
  }
}
