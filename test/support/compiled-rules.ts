// Models of every rule that is compiled: built-in ones, and rules of their own that use every operation.
import { fromData, identity, multiply, scale, transpose, type Matrix, type ScalarFunction } from '#linalg';
import {
  defineRule,
  gaussianPart,
  inputDistribution,
  registerOwnRule,
  ruleOf,
  type InputDistribution,
  type OwnRule,
  type RuleModel,
  type State,
} from '#model';
import { generator } from '#random';

/** Numbers uniform on (-1, 1), keyed by `seed`. */
export function uniformMatrix(seed: number, rows: number, cols: number): Matrix {
  const source = generator(seed, 0, 'start');
  return fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * source.uniform() - 1),
  );
}

const softened: ScalarFunction = {
  value: (x) => x / (1 + x * x),
  first: (x) => (1 - x * x) / (1 + x * x) ** 2,
  second: (x) => (2 * x * (x * x - 3)) / (1 + x * x) ** 3,
};
const cubed: ScalarFunction = { value: (x) => x * x * x, first: (x) => 3 * x * x, second: (x) => 6 * x };

/** Every operation of the algebra, more than one array, one of them symmetric, and constants. */
const everything = defineRule({
  name: 'everything',
  parameters: { outputs: { kind: 'integer' } },
  degree: null,
  arrays: ({ outputs: k, input }) => [
    { name: 'W', rows: k, cols: input.size },
    { name: 'M', rows: k, cols: k, symmetric: true },
    { name: 'b', rows: k, cols: 1 },
  ],
  labelNoise: () => ({ size: 2, variance: 0.3 }),
  batchSize: ({ input }) => (input.stimuli.rows > 2 ? 3 : 1),
  update: (algebra, { outputs: k }, [w, m, b], { input: x, noise }) => {
    const { constant, multiply: times, transpose: turned, add, subtract, scale: by, hadamard } = algebra;
    const { inverse, lowerTriangle, map, runningSums } = algebra;
    const mask = constant(
      fromData(
        k,
        k,
        Float64Array.from({ length: k * k }, (_, at) => Number(at % 3 > 0)),
      ),
    );
    const read = constant(uniformMatrix(1, k, 2));
    const y = map(times(inverse(add(m, by(times(w, turned(w)), 0.1))), w, x), softened);
    const z = add(map(y, cubed), b, by(times(read, noise), 0.2));
    const bent = subtract(add(z, algebra.tanh(by(z, 3))), hadamard(algebra.relu(by(y, -2)), algebra.positive(z)));
    const products = times(bent, turned(y));
    const ordered = hadamard(mask, lowerTriangle(products));
    return [
      subtract(times(z, turned(x)), times(add(ordered, turned(by(m, -1))), w)),
      by(subtract(hadamard(products, turned(runningSums(products))), turned(m)), 0.5),
      subtract(times(turned(lowerTriangle(m)), y), map(b, cubed)),
    ];
  },
  representations: ({ multiply: times }, _, [w], x) => [times(w, x)],
  loss: ({ multiply: times, transpose: turned }, _, __, { input: x }) => ({ task: times(turned(x), x) }),
  nearFixedPoint: () => [],
});
/** Multiplies by an inverse, and solves systems of every structure, some with many right sides. */
const solving = defineRule({
  name: 'solving',
  parameters: { outputs: { kind: 'integer' } },
  degree: null,
  arrays: ({ outputs: k, input }) => [
    { name: 'W', rows: k, cols: input.size },
    { name: 'M', rows: k, cols: k, symmetric: true },
  ],
  update: (algebra, { outputs: k }, [w, m], { input: x }) => {
    const { constant, multiply: times, transpose: turned, add, subtract, scale: by, lowerTriangle } = algebra;
    const { solve, inverse } = algebra;
    const y = times(inverse(m), w, x);
    const regular = add(times(w, turned(w)), constant(scale(identity(k), 4)));
    const ordered = add(by(lowerTriangle(times(y, turned(y))), 0.1), constant(scale(identity(k), 2)));
    const products = solve(ordered, solve(regular, w));
    const bent = solve(add(regular, by(times(y, turned(times(w, x))), 0.01)), y);
    return [
      add(by(subtract(times(bent, turned(x)), w), 0.5), by(products, 0.1)),
      subtract(add(times(bent, turned(bent)), constant(identity(k))), m),
    ];
  },
  representations: ({ multiply: times }, _, [w], x) => [times(w, x)],
  loss: ({ multiply: times, transpose: turned }, _, __, { input: x }) => ({ task: times(turned(x), x) }),
  nearFixedPoint: () => [],
});
registerOwnRule('solving', solving as unknown as OwnRule, 'solving.mjs');
registerOwnRule('everything', everything as unknown as OwnRule, 'everything.mjs');

const covariance = (seed: number, n: number): Matrix => {
  const factor = uniformMatrix(seed, n, n);
  return scale(multiply(factor, transpose(factor)), 3 / n);
};
const variances = (n: number): Matrix =>
  fromData(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1.2 - at / (2 * n * n) : 0)),
  );
const stimuli = (count: number, n: number, total: number) =>
  Array.from({ length: count }, (_, k) => ({
    probability: (total * 2 * (k + 1)) / (count * (count + 1)),
    stimulus: uniformMatrix(9 + k, 1, n).data,
  }));

export const inputs: Readonly<Record<string, (n: number) => InputDistribution>> = {
  'a diagonal Gaussian': (n) => inputDistribution(n, [gaussianPart(1, variances(n))], []),
  'a full Gaussian': (n) => inputDistribution(n, [gaussianPart(1, covariance(5, n))], []),
  'a singular Gaussian': (n) => {
    const direction = uniformMatrix(6, n, 1);
    return inputDistribution(n, [gaussianPart(1, multiply(direction, transpose(direction)))], []);
  },
  'a point': (n) => inputDistribution(n, [], stimuli(1, n, 1)),
  'a data set': (n) => inputDistribution(n, [], stimuli(40, n, 1)),
  'a data set in epochs': (n) => ({
    ...inputDistribution(
      n,
      [],
      stimuli(7, n, 1).map(({ stimulus }) => ({ probability: 1 / 7, stimulus })),
    ),
    sampling: 'epochs',
  }),
  'two Gaussians and a dictionary': (n) =>
    inputDistribution(n, [gaussianPart(0.3, covariance(7, n)), gaussianPart(0.4, variances(n))], stimuli(3, n, 0.3)),
  'a diagonal Gaussian, 0 along some axes, and a point': (n) => {
    const part = variances(n);
    part.data[0] = 0;
    return inputDistribution(n, [gaussianPart(0.6, part)], stimuli(1, n, 0.4));
  },
};

/** Of models of a rule with n inputs and k outputs or hidden units. */
export const rules: Readonly<Record<string, (n: number, k: number) => Omit<RuleModel, 'input' | 'learningRate'>>> = {
  oja: (_, outputs) => ({ rule: 'oja', ...{ outputs } }),
  sanger: (_, outputs) => ({ rule: 'sanger', ...{ outputs } }),
  similarityMatching: (_, outputs) => ({ rule: 'similarityMatching', ...{ outputs, tau: 0.5 } }),
  maskedSimilarityMatching: (_, outputs) => ({ rule: 'maskedSimilarityMatching', ...{ outputs, tau: 2 } }),
  deepLinear: (n, k) => ({
    rule: 'deepLinear',
    ...{
      hiddenLayers: [k, k + 1],
      target: uniformMatrix(3, 2, n),
      weightDecay: 0.1,
      labelNoiseVariance: 0.2,
      batchSize: 1,
    },
  }),
  'deepLinear in batches': (n, k) => ({
    rule: 'deepLinear',
    ...{ hiddenLayers: [k], target: uniformMatrix(3, n, n), weightDecay: 0.1, labelNoiseVariance: 0, batchSize: 3 },
  }),
  'deepLinear with momentum, rates and decays of its layers': (n, k) => ({
    rule: 'deepLinear',
    ...{ hiddenLayers: [k], target: uniformMatrix(3, n, n), weightDecay: 0.1, labelNoiseVariance: 0.2, batchSize: 2 },
    ...{ momentum: 0.7, layerRates: [1, 3], layerDecays: [0.5, 2] },
  }),
  'deep with relu and dropout': (n, k) => ({
    rule: 'deep',
    ...{ hiddenLayers: [k, k + 1], target: uniformMatrix(3, 2, n), weightDecay: 0.1, labelNoiseVariance: 0.2 },
    ...{ batchSize: 2, activation: 'relu', dropout: { nodes: 0.3, weights: 0.2 } },
  }),
  'deep with tanh and momentum': (n, k) => ({
    rule: 'deep',
    ...{ hiddenLayers: [k], target: uniformMatrix(3, n, n), weightDecay: 0.1, labelNoiseVariance: 0, batchSize: 1 },
    ...{ activation: 'tanh', momentum: 0.5, dropout: { nodes: 0.1, weights: 0 } },
  }),
  'one of its own': (_, outputs) => ({ rule: 'everything', ...{ outputs } }),
  'one that solves and inverts': (_, outputs) => ({ rule: 'solving', ...{ outputs } }),
};

export const modelOf = (rule: string, input: string, n: number, k: number): RuleModel => ({
  ...rules[rule](n, k),
  input: inputs[input](n),
  learningRate: 0.3 / n ** 2,
});

export const startsOf = (model: RuleModel, replicas: readonly number[]): State[] =>
  replicas.map((replica) => ruleOf(model).start(model, { random: 0.3 }, { seed: 1, replica }));
