import { diagonal, identity } from '#linalg';
import { gaussianPart, inputDistribution, type InputDistribution, type RuleModel } from '#model';

/** n inputs and k outputs or units of each hidden layer. */
export interface RuleSize {
  readonly n: number;
  readonly k: number;
}

export const ruleSizes: readonly RuleSize[] = [
  { n: 5, k: 3 },
  { n: 20, k: 10 },
  { n: 100, k: 20 },
  { n: 400, k: 40 },
  { n: 784, k: 100 },
];

/** One Gaussian with n different variances. */
const input = (n: number): InputDistribution =>
  inputDistribution(
    n,
    [gaussianPart(1, diagonal(Float64Array.from({ length: n }, (_, i) => 1.6 - (1.2 * i) / n)))],
    [],
  );

/** A model of every built-in rule. Networks have n outputs and label noise, deep linear ones two hidden layers. */
export function ruleModels({ n, k }: RuleSize): (RuleModel & { readonly rule: string })[] {
  const common = { input: input(n), learningRate: 0.05 / (n * k) };
  const outputs = { outputs: k, ...common };
  const task = { target: identity(n), weightDecay: 0.1, labelNoiseVariance: 0.1, batchSize: 1, ...common };
  return [
    { rule: 'sgd', ...{ hiddenUnits: k }, ...task },
    { rule: 'oja', ...outputs },
    { rule: 'sanger', ...outputs },
    { rule: 'similarityMatching', ...{ tau: 0.5 }, ...outputs },
    { rule: 'maskedSimilarityMatching', ...{ tau: 0.5 }, ...outputs },
    { rule: 'deepLinear', ...{ hiddenLayers: [k, k] }, ...task },
  ];
}
