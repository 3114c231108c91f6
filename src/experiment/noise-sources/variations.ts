import type { Matrix } from '#linalg';
import { definitionOf, measuredLayer, type RuleModel } from '#model';
import { parameterSymbol } from '../parameters.js';
import {
  bordered,
  meanVariance,
  scaledAlong,
  strengthAlong,
  withDimension,
  type InputAxes,
  type InputAxis,
} from './input-axes.js';

/** A model with another value of one of its parameters. */
interface Varied {
  readonly value: number;
  readonly model: RuleModel;
}

/** One parameter between two values, close to each other or one apart. */
export interface Variation {
  /** What tables call the parameter. */
  readonly name: string;
  /** Its value in the model itself. */
  readonly value: number;
  readonly low: Varied;
  readonly high: Varied;
}

/** Relative distance of the two values of a parameter that is no whole number, on either side. */
const SMALL = 0.005;

/** Any model as far as it has these keys. */
type Keys = Partial<{
  readonly outputs: number;
  readonly hiddenUnits: number;
  readonly hiddenLayers: readonly number[];
  readonly target: Matrix;
  readonly batchSize: number;
}>;
type VariedModel = RuleModel & Keys & Readonly<Record<string, unknown>>;

/** What D may depend on: every number of a model, and the variance and number of dimensions of what it learns and leaves. */
export function variationsOf(given: RuleModel, axes: InputAxes): Variation[] {
  const model = given as VariedModel;
  return [
    ...numbersOf(model).map((key) =>
      continuous(nameOf(key), model[key] as number, (value) => ({ ...model, [key]: value })),
    ),
    synapticVariation(model),
    batchVariation(model),
    hiddenVariation(model),
    modesVariation(model, axes),
    irrelevantVariance(model, axes),
    irrelevantDimension(model, axes),
  ].filter((variation) => variation !== null);
}

const nameOf = (key: string): string => `${key} ${parameterSymbol(key)}`.trim();

/** Keys of numbers above 0 that are not whole by their meaning. */
function numbersOf(model: VariedModel): string[] {
  const known = ['learningRate', 'weightDecay', 'labelNoiseVariance', 'tau'];
  const own = Object.entries(definitionOf(model)?.parameters ?? {}).flatMap(([key, { kind }]) =>
    kind === 'number' ? [key] : [],
  );
  return [...new Set([...known, ...own])].filter((key) => typeof model[key] === 'number' && model[key] > 0);
}

function continuous(name: string, value: number, modelAt: (value: number) => RuleModel): Variation {
  const at = (factor: number): Varied => ({ value: value * factor, model: modelAt(value * factor) });
  return { name, value, low: at(1 - SMALL), high: at(1 + SMALL) };
}

/** From a whole number to the next. */
const next = (name: string, value: number, model: RuleModel, larger: RuleModel): Variation => ({
  name,
  value,
  low: { value, model },
  high: { value: value + 1, model: larger },
});

function synapticVariation(model: VariedModel): Variation | null {
  const { synapticNoise } = model;
  if (!synapticNoise || !(synapticNoise.variance > 0)) return null;
  return continuous('synapticNoise.variance σ²', synapticNoise.variance, (variance) => ({
    ...model,
    synapticNoise: { ...synapticNoise, variance },
  }));
}

const batchVariation = (model: VariedModel): Variation | null =>
  model.batchSize === undefined
    ? null
    : next(nameOf('batchSize'), model.batchSize, model, changed(model, { batchSize: model.batchSize + 1 }));

const changed = (model: VariedModel, keys: Keys & Partial<RuleModel>): RuleModel => ({ ...model, ...keys });

/** Units of the layer that is measured; nothing else changes, so that further ones are silent. */
function hiddenVariation(model: VariedModel): Variation | null {
  const { hiddenUnits, hiddenLayers } = model;
  const name = nameOf('hiddenUnits');
  if (hiddenUnits !== undefined)
    return next(name, hiddenUnits, model, changed(model, { hiddenUnits: hiddenUnits + 1 }));
  if (!hiddenLayers) return null;
  const layer = measuredLayer(model);
  const larger = hiddenLayers.map((units, l) => (l === layer ? units + 1 : units));
  return next(name, hiddenLayers[layer], model, changed(model, { hiddenLayers: larger }));
}

/** One more mode like the weakest that is learned, with units of its own. */
function modesVariation(model: VariedModel, { relevant }: InputAxes): Variation | null {
  const weakest = relevant.at(-1);
  const larger = weakest && withAxis(model, weakest, weakest.variance);
  if (!larger) return null;
  const { outputs, hiddenUnits, hiddenLayers } = model;
  if (outputs === undefined && hiddenUnits === undefined && !hiddenLayers) return null;
  return next('learned modes k', relevant.length, model, {
    ...larger,
    ...(outputs !== undefined && { outputs: outputs + 1 }),
    ...(hiddenUnits !== undefined && { hiddenUnits: hiddenUnits + 1 }),
    ...(hiddenLayers && { hiddenLayers: hiddenLayers.map((units) => units + 1) }),
  });
}

/** The variance of all irrelevant dimensions together. */
function irrelevantVariance(model: VariedModel, { irrelevant }: InputAxes): Variation | null {
  if (irrelevant.length === 0 || !(meanVariance(irrelevant) > 0)) return null;
  const value = meanVariance(irrelevant);
  return continuous('variance of irrelevant input l', value, (variance) =>
    changed(model, { input: scaledAlong(model.input, irrelevant, Math.sqrt(variance / value)) }),
  );
}

/** One more irrelevant dimension, of their mean variance. */
function irrelevantDimension(model: VariedModel, { irrelevant }: InputAxes): Variation | null {
  const [first] = irrelevant;
  const larger = irrelevant.length > 0 ? withAxis(model, first, meanVariance(irrelevant)) : null;
  return larger && next('irrelevant dimensions n − k', irrelevant.length, model, larger);
}

/** A model whose input and task have one more dimension like an axis. */
function withAxis(model: VariedModel, axis: InputAxis, variance: number): RuleModel | null {
  const input = withDimension(model.input, variance);
  if (!input) return null;
  const { target } = model;
  if (!target) return changed(model, { input });
  const strength = strengthAlong(target, axis);
  const rows = strength > 1e-9 ? target.rows + 1 : target.rows;
  return changed(model, { input, target: bordered(target, rows, target.cols + 1, rows > target.rows ? strength : 0) });
}
