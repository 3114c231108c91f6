// Models of two-layer SGD for the tests of the kernels: every kind of input, of target and of noise.
import fc from 'fast-check';
import { diagonal, fromData, identity, inner, multiply, scale, transpose, type Matrix } from '#linalg';
import {
  gaussianPart,
  inputDistribution,
  randomStart,
  width,
  type InputDistribution,
  type Model,
  type State,
} from '#model';
import { generator } from '#random';

/** Numbers uniform on (-1, 1), keyed by `seed`. */
function uniformMatrix(seed: number, rows: number, cols: number): Matrix {
  const source = generator(seed, 0, 'start');
  return fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * source.uniform() - 1),
  );
}

/** Positive definite, of trace n. */
export function covariance(seed: number, n: number): Matrix {
  const factor = uniformMatrix(seed, n, n);
  const product = multiply(factor, transpose(factor));
  for (let i = 0; i < n; i++) product.data[i * (n + 1)] += 0.5;
  const trace = inner(product, identity(n));
  return scale(product, n / trace);
}

const variances = (n: number): Matrix => diagonal(Float64Array.from({ length: n }, (_, i) => 1.2 - (0.6 * i) / n));

const stimuli = (seed: number, count: number, n: number, total: number) =>
  Array.from({ length: count }, (_, k) => ({
    probability: (total * 2 * (k + 1)) / (count * (count + 1)),
    stimulus: uniformMatrix(seed + k, 1, n).data,
  }));

export const inputKinds: Record<string, (n: number) => InputDistribution> = {
  'gaussian, diagonal': (n) => inputDistribution(n, [gaussianPart(1, variances(n))], []),
  'gaussian, full': (n) => inputDistribution(n, [gaussianPart(1, covariance(5, n))], []),
  'gaussian, singular': (n) => {
    const direction = uniformMatrix(6, n, 1);
    return inputDistribution(n, [gaussianPart(1, multiply(direction, transpose(direction)))], []);
  },
  'two gaussians, diagonal': (n) =>
    inputDistribution(n, [gaussianPart(0.7, variances(n)), gaussianPart(0.3, identity(n))], []),
  'two gaussians, full': (n) =>
    inputDistribution(n, [gaussianPart(0.4, covariance(7, n)), gaussianPart(0.6, variances(n))], []),
  point: (n) => inputDistribution(n, [], stimuli(8, 1, n, 1)),
  dictionary: (n) => inputDistribution(n, [], stimuli(9, 5, n, 1)),
  'data set': (n) => inputDistribution(n, [], stimuli(10, 200, n, 1)),
  'gaussian and point': (n) => inputDistribution(n, [gaussianPart(0.8, variances(n))], stimuli(11, 1, n, 0.2)),
  'full gaussian and dictionary': (n) =>
    inputDistribution(n, [gaussianPart(0.5, covariance(12, n))], stimuli(13, 3, n, 0.5)),
};

export function modelOf(input: InputDistribution, changes: Partial<Model> = {}): Model {
  return {
    hiddenUnits: 6,
    target: identity(input.size),
    input,
    learningRate: 0.02,
    weightDecay: 0.1,
    labelNoiseVariance: 0,
    batchSize: 1,
    ...changes,
  };
}

export const startsOf = (model: Model, replicas: readonly number[]): State[] =>
  replicas.map((replica) => [randomStart(3, replica, model.hiddenUnits, width(model), 0.5)]);

export const targets: Record<string, (n: number) => Matrix> = {
  identity,
  full: (n) => uniformMatrix(20, n, n),
  wide: (n) => uniformMatrix(21, n + 3, n),
  narrow: (n) => uniformMatrix(22, Math.max(1, n - 2), n),
};

export interface KernelShape {
  readonly n: number;
  readonly hiddenUnits: number;
  readonly batchSize: number;
  /** Keys of `inputKinds` and `targets`. */
  readonly kind: string;
  readonly target: string;
  readonly labelNoiseVariance: number;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Shapes, inputs and steps of all kinds, and numbers of replicas. */
export const kernelShapes = fc.record<KernelShape & { readonly replicas: number }>({
  n: fc.integer({ min: 1, max: 9 }),
  hiddenUnits: fc.integer({ min: 1, max: 23 }),
  replicas: fc.integer({ min: 1, max: 11 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom(...Object.keys(inputKinds)),
  target: fc.constantFrom(...Object.keys(targets)),
  labelNoiseVariance: fc.constantFrom(0, 0.1),
  learningRate: fc.constantFrom(0.001, 0.005, 0.02),
  weightDecay: fc.constantFrom(0, 0.05, 0.5),
});

export const kernelModel = ({ n, kind, target, ...changes }: KernelShape): Model =>
  modelOf(inputKinds[kind](n), { ...changes, target: targets[target](n) });
