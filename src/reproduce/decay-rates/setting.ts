import { predictionOf } from '#experiment';
import { diagonal, symmetricEigen, zeros } from '#linalg';
import {
  gaussianPart,
  inputDistribution,
  secondMoment,
  twoLayerModel,
  type OjaModel,
  type RuleModel,
  type SimilarityMatchingModel,
} from '#model';

/** Gaussian input of k relevant variances 1 and n - k irrelevant ones l, and what else a decay rate depends on. */
export interface Setting {
  /** n: inputs. */
  readonly inputs: number;
  /** k: relevant inputs, as many as outputs, target dimensions or units of the bottleneck. */
  readonly relevant: number;
  /** l: variance of the irrelevant inputs; 0 where there are none. */
  readonly irrelevantVariance: number;
  /** gamma of two-layer networks, else 0. */
  readonly weightDecay: number;
  /** tau of similarity matching, else 1. */
  readonly tau: number;
}

/** The setting of a model whose input is of that kind. */
export function settingOf(model: RuleModel): Setting {
  // Without the rounding of the decomposition.
  const variances = Array.from(symmetricEigen(secondMoment(model.input)).values, (value) => Number(value.toFixed(9)));
  const irrelevant = variances.filter((value) => value !== 1);
  return {
    inputs: variances.length,
    relevant: variances.length - irrelevant.length,
    irrelevantVariance: irrelevant[0] ?? 0,
    weightDecay: 0,
    tau: 1,
    ...scalarsOf(model),
  };
}

function scalarsOf(model: RuleModel): Partial<Setting> {
  const values = model as RuleModel & Readonly<Record<'weightDecay' | 'tau', unknown>>;
  const given = (['weightDecay', 'tau'] as const).filter((name) => typeof values[name] === 'number');
  return Object.fromEntries(given.map((name) => [name, values[name]]));
}

/** A network that learns a setting by the rule of another one. */
export type Arrange = (model: RuleModel, setting: Setting) => RuleModel;

const inputOf = ({ inputs: n, relevant: k, irrelevantVariance: l }: Setting): RuleModel['input'] =>
  inputDistribution(n, [gaussianPart(1, diagonal(Array.from({ length: n }, (_, i) => (i < k ? 1 : l))))], []);

/** Oja's rule and similarity matching: one output for each relevant input. */
export const withOutputs: Arrange = (model, setting) => {
  const changed: OjaModel | SimilarityMatchingModel = {
    ...(model as OjaModel),
    ...('tau' in model && { tau: setting.tau }),
    outputs: setting.relevant,
    input: inputOf(setting),
  };
  return changed;
};

/** A supervised network whose target is the relevant inputs. */
export const withTarget: Arrange = (model, setting) => {
  const { relevant, inputs, weightDecay } = setting;
  const target = zeros(relevant, inputs);
  for (let i = 0; i < relevant; i++) target.data[i * inputs + i] = 1;
  return { ...twoLayerModel(model), target, input: inputOf(setting), weightDecay };
};

/** An autoencoder with as many hidden units as relevant inputs. */
export const withBottleneck: Arrange = (model, setting) => {
  const { relevant, inputs, weightDecay } = setting;
  const target = zeros(inputs, inputs);
  for (let i = 0; i < inputs; i++) target.data[i * inputs + i] = 1;
  return { ...twoLayerModel(model), hiddenUnits: relevant, target, input: inputOf(setting), weightDecay };
};

/** By theory, the decay rate of the self-correlation of a relevant unit stimulus over eta^3: half of D / |h|^2. */
export function predictedRate(model: RuleModel): number {
  const stimulus = Float64Array.from({ length: model.input.size }, (_, i) => Number(i === 0));
  const [probe] = predictionOf({ model, probes: [stimulus], simulation: { seed: 1 } }).probes;
  return probe.diffusion / (2 * probe.squaredNorm * model.learningRate ** 3);
}

/** `n = 5, k = 3, l = 0.3`, with what else a claim varies; `units` is what it calls k. */
export function describeSetting(
  setting: Setting,
  further: readonly ('weightDecay' | 'tau')[] = [],
  units: 'k' | 'p' = 'k',
): string {
  const { inputs, relevant, irrelevantVariance } = setting;
  const symbols = { weightDecay: 'γ', tau: 'τ' };
  return [
    `n = ${inputs}, ${units} = ${relevant}`,
    ...(inputs > relevant ? [`l = ${irrelevantVariance}`] : []),
    ...further.map((name) => `${symbols[name]} = ${setting[name]}`),
  ].join(', ');
}
