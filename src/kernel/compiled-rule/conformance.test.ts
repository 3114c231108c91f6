import { beforeAll, describe, expect, it } from 'vitest';
import { add, identity } from '#linalg';
import { createReferenceStepper, inputDistribution, ruleOf, type CreateStepper, type RuleModel } from '#model';
import { inputs, modelOf, rules, startsOf, uniformMatrix } from '../../../test/support/compiled-rules.js';
import { createKernelSteppers } from '../index.js';
import { loadKernel } from '../load.node.js';

let kernel: CreateStepper;
beforeAll(async () => {
  kernel = createKernelSteppers(await loadKernel({ MEANDER_KERNEL: 'wasm' }), 'f64');
});

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

  it.each([1, 6])('with zeros of both signs in weights and inputs, %i times as many', (times) => {
    const repeated = (numbers: readonly number[]): number[] => Array.from({ length: times }, () => numbers).flat();
    const model = {
      ...modelOf(rule, 'a point', 4 * times, 3 * times),
      input: inputDistribution(
        4 * times,
        [],
        [
          { probability: 0.5, stimulus: repeated([1, 0, -1, 2]) },
          { probability: 0.5, stimulus: repeated([-1, -0, 1, -0]) },
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
