import { beforeAll, describe, expect, it } from 'vitest';
import { add, fromData, identity, multiply, scale, transpose, type Matrix, type ScalarFunction } from '#linalg';
import {
  createReferenceStepper,
  defineRule,
  gaussianPart,
  inputDistribution,
  registerOwnRule,
  ruleOf,
  type CreateStepper,
  type InputDistribution,
  type OwnRule,
  type RuleModel,
  type State,
} from '#model';
import { generator } from '#random';
import { createKernelSteppers } from '../index.js';
import { loadKernel } from '../load.node.js';

let kernel: CreateStepper;
beforeAll(async () => {
  kernel = createKernelSteppers(await loadKernel(), 'f64');
});

/** Numbers uniform on (-1, 1), keyed by `seed`. */
function uniformMatrix(seed: number, rows: number, cols: number): Matrix {
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
    const { inverse, lowerTriangle, map } = algebra;
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
      by(subtract(hadamard(products, turned(products)), turned(m)), 0.5),
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

const inputs: Readonly<Record<string, (n: number) => InputDistribution>> = {
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
const rules: Readonly<Record<string, (n: number, k: number) => Omit<RuleModel, 'input' | 'learningRate'>>> = {
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

const modelOf = (rule: string, input: string, n: number, k: number): RuleModel => ({
  ...rules[rule](n, k),
  input: inputs[input](n),
  learningRate: 0.3 / n ** 2,
});

const startsOf = (model: RuleModel, replicas: readonly number[]): State[] =>
  replicas.map((replica) => ruleOf(model).start(model, { random: 0.3 }, { seed: 1, replica }));

/** Weights and random streams of all replicas, which the reference saves in the same form. */
function end(
  create: CreateStepper,
  model: RuleModel,
  replicas: readonly number[],
  calls: readonly number[],
): Uint8Array {
  const stepper = create(model, 17, replicas, startsOf(model, replicas));
  for (const steps of calls) stepper.advance(steps);
  return stepper.save();
}

/** Whether the first array of the first replica has moved, to finite numbers. */
function isMoved(model: RuleModel, saved: Uint8Array, replicas: readonly number[]): boolean {
  const [{ data }] = startsOf(model, replicas)[0];
  const weights = new Float64Array(saved.slice().buffer, 0, data.length);
  return weights.every(Number.isFinite) && weights.some((value, i) => value !== data[i]);
}

function expectSameBits(model: RuleModel, replicas: readonly number[] = [4, 7, 1], steps = 60): void {
  const expected = end(createReferenceStepper, model, replicas, [steps]);
  expect(isMoved(model, expected, replicas)).toBe(true);
  expect(Buffer.compare(end(kernel, model, replicas, [steps]), expected)).toBe(0);
}

describe.each(Object.keys(rules))('the compiled step of %s has the bits of the readable one', (rule) => {
  it.each(Object.keys(inputs))('for %s', (input) => {
    expectSameBits(modelOf(rule, input, 5, 3));
  });

  it('written out and in loops, of any size', () => {
    for (const [n, k] of [
      [1, 1],
      [2, 1],
      [3, 2],
      [14, 13],
      [23, 9],
      [30, 17],
    ] as const) {
      for (const input of ['a diagonal Gaussian', 'two Gaussians and a dictionary']) {
        expectSameBits(modelOf(rule, input, n, k), [0, 1, 2, 3, 4], 20);
      }
    }
  });

  it('with zeros of both signs in weights and inputs', () => {
    const model = {
      ...modelOf(rule, 'a point', 4, 3),
      input: inputDistribution(
        4,
        [],
        [
          { probability: 0.5, stimulus: [1, 0, -1, 2] },
          { probability: 0.5, stimulus: [-1, -0, 1, -0] },
        ],
      ),
    };
    const starts = startsOf(model, [0, 1]).map((start, lane) =>
      start.map((array) => ({
        ...array,
        data: array.data.map((value, i) =>
          array.rows !== array.cols && i % array.cols === 1 ? [-0, 0][(i + lane) % 2] : value,
        ),
      })),
    );
    const saved = [kernel, createReferenceStepper].map((create) => {
      const stepper = create(model, 17, [0, 1], starts);
      stepper.advance(3);
      return stepper.save();
    });
    expect(Buffer.compare(saved[0], saved[1])).toBe(0);
  });

  it('with noise of one source alone', () => {
    const synapticNoise = { variance: 1e-3, scaling: 'sqrt', layers: 'all', symmetric: true } as const;
    for (const input of ['a full Gaussian', 'a point', 'two Gaussians and a dictionary']) {
      // A rule that is no polynomial has no exact mean over Gaussian inputs.
      if (rule.startsWith('one ') || rule.startsWith('deep with')) continue;
      for (const noiseSource of ['learning', 'synaptic', 'both'] as const) {
        expectSameBits({ ...modelOf(rule, input, 3, 2), synapticNoise, noiseSource }, [2, 5], 20);
      }
    }
  });

  it('with synaptic noise of every kind', () => {
    for (const [n, k] of [
      [4, 3],
      [16, 14],
    ] as const) {
      for (const symmetric of [true, false]) {
        const model = modelOf(rule, 'a data set', n, k);
        const [{ name }] = ruleOf(model).arrays(model).slice(-1);
        expectSameBits(
          { ...model, synapticNoise: { variance: 1e-3, scaling: 'linear', layers: 'all', symmetric } },
          [2],
          20,
        );
        expectSameBits(
          { ...model, synapticNoise: { variance: 1e-3, scaling: 'sqrt', layers: [name], symmetric } },
          [2],
          20,
        );
      }
    }
  });
});

const noisy: RuleModel = {
  ...modelOf('one of its own', 'two Gaussians and a dictionary', 4, 3),
  synapticNoise: { variance: 1e-3, scaling: 'sqrt', layers: 'all', symmetric: true },
};

describe('a compiled trajectory is the same bits', () => {
  const bytes = end.bind(null, (...given) => kernel(...given), noisy);

  it('however the replicas are divided among steppers', () => {
    const whole = Buffer.from(bytes([0, 1, 2, 3, 4, 5, 6], [300]));
    for (const cut of [1, 2, 3, 4, 5, 6]) {
      const all = [0, 1, 2, 3, 4, 5, 6];
      const parts = [all.slice(0, cut), all.slice(cut)].map((replicas) => bytes(replicas, [300]));
      expect(Buffer.compare(Buffer.concat(parts), whole)).toBe(0);
    }
  });

  it('however the steps are split, read, and handed from one stepper to the next', () => {
    const replicas = [3, 0, 5];
    const starts = startsOf(noisy, replicas);
    const whole = bytes(replicas, [700]);
    let stepper = kernel(noisy, 17, replicas, starts);
    const state = starts[0].map((array) => ({ ...array, data: array.data.slice() }));
    for (const steps of [1, 0, 127, 128, 2, 342, 100]) {
      stepper.advance(steps);
      stepper.read(1, state);
      const saved = stepper.save();
      stepper = kernel(noisy, 17, replicas, starts);
      stepper.restore(saved);
    }
    expect(Buffer.compare(stepper.save(), whole)).toBe(0);
    expect(state[0].data[0]).toBe(new Float64Array(whole.slice().buffer, whole.length / 3)[0]);
  });

  it('in epochs that are interrupted in the middle, and go on in a stepper of either kind', () => {
    const model = modelOf('oja', 'a data set in epochs', 3, 2);
    const starts = startsOf(model, [0, 1, 2]);
    const whole = end(createReferenceStepper, model, [0, 1, 2], [60]);
    for (const [first, second] of [
      [kernel, createReferenceStepper],
      [createReferenceStepper, kernel],
    ]) {
      const begun = first(model, 17, [0, 1, 2], starts);
      begun.advance(24);
      const resumed = second(model, 17, [0, 1, 2], starts);
      resumed.restore(begun.save());
      resumed.advance(36);
      expect(Buffer.compare(resumed.save(), whole)).toBe(0);
    }
  });

  it('whether it goes on from a saved stepper of its own kind or of the reference', () => {
    const starts = startsOf(noisy, [8]);
    const reference = createReferenceStepper(noisy, 17, [8], starts);
    reference.advance(100);
    const stepper = kernel(noisy, 17, [8], starts);
    stepper.restore(reference.save());
    stepper.advance(50);
    expect(Buffer.compare(stepper.save(), bytes([8], [150]))).toBe(0);
  });
});

it.each([2, 3, 4, 5, 20])('inverts a matrix of %i rows whose pivots lie elsewhere in each lane', (outputs) => {
  const model = modelOf('one that solves and inverts', 'a full Gaussian', outputs, outputs);
  const starts = startsOf(model, [0, 1, 2]).map(([w], lane) => [
    w,
    lane === 1 ? identity(outputs) : add(uniformMatrix(lane, outputs, outputs), identity(outputs), -0.5),
  ]);
  const saved = [kernel, createReferenceStepper].map((create) => {
    const stepper = create({ ...model, learningRate: 1e-5 }, 17, [0, 1, 2], starts);
    stepper.advance(5);
    return stepper.save();
  });
  expect(Buffer.compare(saved[0], saved[1])).toBe(0);
});

describe('a compiled stepper', () => {
  it('rejects a saved state of another size', () => {
    const saved = end(kernel, noisy, [0], [1]);
    const other = kernel(noisy, 17, [0, 1], startsOf(noisy, [0, 1]));
    expect(() => {
      other.restore(saved);
    }).toThrow('bytes, expected');
  });

  it('of no replicas does nothing', () => {
    const stepper = kernel(noisy, 17, [], []);
    stepper.advance(10);
    expect(stepper.save()).toHaveLength(0);
  });

  it.each([
    ['one that solves and inverts', 3, 'cannot invert: singular'],
    ['one that solves and inverts', 20, 'cannot invert: singular'],
    ['similarityMatching', 3, 'cannot solve: the matrix or one of its leading blocks is singular'],
    ['similarityMatching', 22, 'cannot solve: the matrix or one of its leading blocks is singular'],
  ])(
    'throws the error of the readable step of %s for a singular matrix of %i rows, in any lane',
    (rule, k, message) => {
      const model = modelOf(rule, 'a full Gaussian', k + 1, k);
      for (const lane of [0, 1, 2]) {
        const starts = startsOf(model, [0, 1, 2]);
        starts[lane][1].data.fill(0);
        // What is no image of the other half takes another code.
        for (const corner of [0, 1]) {
          starts[lane][1].data[k - 1] = corner;
          for (const create of [kernel, createReferenceStepper]) {
            const stepper = create(model, 17, [0, 1, 2], starts);
            expect(() => {
              stepper.advance(1);
            }).toThrow(new RangeError(message));
          }
        }
      }
    },
  );

  it.each([3, 21])(
    'goes on from saved lateral weights of %i rows that are not as symmetric as its start',
    (outputs) => {
      const model = modelOf('similarityMatching', 'a full Gaussian', outputs + 1, outputs);
      const starts = startsOf(model, [0, 1, 2]);
      const other = starts.map(([w, m]) => [w, add(m, uniformMatrix(5, outputs, outputs), 0.1)]);
      const reference = createReferenceStepper(model, 17, [0, 1, 2], other);
      const stepper = kernel(model, 17, [0, 1, 2], starts);
      stepper.advance(3);
      stepper.restore(reference.save());
      for (const each of [reference, stepper]) each.advance(20);
      expect(Buffer.compare(stepper.save(), reference.save())).toBe(0);
    },
  );
});
