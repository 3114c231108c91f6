import type { Matrix } from '#linalg';
import type { InputDistribution, RuleModel } from '#model';
import { assertLayerFactors, isDeep, isPlain } from './network-keys.js';
import type { RuleSpec } from './rule-schemas.js';

type NetworkSpec = Extract<RuleSpec, { target: unknown }>;

/**
 * The model of a network: `deep` where it is not linear, `deepLinear` where it is of several hidden layers or learns otherwise than by
 * plain SGD, a two-layer network otherwise. That is what a model learns by that names no rule, and named it means the same.
 */
export function networkOf(spec: NetworkSpec, input: InputDistribution, target: Matrix): RuleModel {
  const { rule, activation = 'linear', dropout, ...others } = { activation: undefined, dropout: undefined, ...spec };
  const rest = { ...others, input, target };
  const layered = 'hiddenUnits' in rest ? withLayers(rest) : rest;
  assertLayerFactors(layered, layered.hiddenLayers.length);
  const keys = { activation, dropout };
  if (isDeep(keys)) return modelOf({ rule: 'deep', ...layered, activation, ...(dropout && { dropout }) });
  // Synaptic noise reaches every hidden unit, so that none can be left out as the kernel does. It knows plain SGD of
  // independent samples alone.
  const needsLayers =
    (rule !== undefined && rule !== 'sgd') ||
    rest.synapticNoise !== undefined ||
    !isPlain(rest) ||
    input.sampling !== undefined;
  return needsLayers ? modelOf({ rule: 'deepLinear', ...layered }) : rest;
}

function withLayers<Spec extends { readonly hiddenUnits: number }>({
  hiddenUnits,
  ...rest
}: Spec): Omit<Spec, 'hiddenUnits'> & { readonly hiddenLayers: readonly number[] } {
  return { ...rest, hiddenLayers: [hiddenUnits] };
}

/** Widens a model with keys that only its rule knows. */
const modelOf = (model: RuleModel & Readonly<Record<string, unknown>>): RuleModel => model;
