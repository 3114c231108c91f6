import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TheoryDomainError } from '#core';
import {
  add,
  column,
  diagonal,
  fromData,
  identity,
  maxAbs,
  multiply,
  qr,
  transpose,
  trace,
  type Matrix,
} from '#linalg';
import { gaussianPart, inputDistribution, type InputDistribution, type Model } from '#model';
import { generator } from '#random';
import { predict, type Path, type Prediction } from '../index.js';
import { DenseCovariance } from '../rotation/dense.js';
import { DiagonalCovariance } from '../rotation/diagonal.js';

interface Drawn {
  readonly model: Model;
  readonly probes: Float64Array[];
}

type Kind = 'gaussian' | 'mixture' | 'axial' | 'data' | 'data and gaussian';

/** A task and an input that share their axes; sizes, axes, spectrum and noise differ with the seed. */
function drawn(seed: number, kind: Kind, largest: number): Drawn {
  const random = generator(seed, 0, 'start');
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
  const table = (rows: number, cols: number): Matrix =>
    fromData(
      rows,
      cols,
      Float64Array.from({ length: rows * cols }, () => between(-1, 1)),
    );
  const turn = (size: number): Matrix => qr(add(table(size, size), identity(size), 2)).q;
  const n = whole(2, largest);
  const m = random.uniform() < 0.5 ? n : whole(1, largest);
  const onAxes = random.uniform() < 0.4;
  const basis = onAxes ? identity(n) : turn(n);
  // Variances from strong to nearly nothing: some modes are learned, others not.
  const variances = (): Float64Array => Float64Array.from({ length: n }, () => between(0.02, 2));
  const part = (weight: number) => gaussianPart(weight, multiply(basis, diagonal(variances()), transpose(basis)));
  const stimuli = (count: number, share: number) => {
    const coordinates = Array.from({ length: count }, () =>
      Float64Array.from({ length: n }, () => 1.5 * between(-1, 1) ** 3 + 0.3),
    );
    return coordinates.map((stimulus) => ({ probability: share / count, stimulus }));
  };
  const inputs: Record<Kind, () => InputDistribution> = {
    gaussian: () => inputDistribution(n, [part(1)], []),
    mixture: () => inputDistribution(n, [part(0.3), part(0.7)], []),
    axial: () =>
      inputDistribution(
        n,
        [part(0.7)],
        Array.from({ length: n }, (_, j) => {
          const length = between(-2, 2);
          return { probability: 0.3 / n, stimulus: column(basis, j).map((value) => length * value) };
        }),
      ),
    data: () => inputDistribution(n, [], stimuli(12, 1)),
    'data and gaussian': () => inputDistribution(n, [part(0.6)], stimuli(6, 0.4)),
  };
  const anyTask = kind !== 'data' && kind !== 'data and gaussian';
  const gains = Float64Array.from({ length: Math.min(n, m) }, () => (random.uniform() < 0.15 ? 0 : between(0.4, 1.4)));
  gains[0] = 1.2;
  const task = onAxes && m === n ? diagonal(gains) : multiply(turn(m), diagonal(gains, m, n), transpose(basis));
  return {
    model: {
      hiddenUnits: whole(1, n + 2),
      target: anyTask ? task : identity(n),
      input: inputs[kind](),
      learningRate: 0.01,
      weightDecay: between(0.03, 0.12),
      labelNoiseVariance: random.uniform() < 0.3 ? 0 : between(0.05, 0.5),
      batchSize: whole(1, 4),
    },
    probes: Array.from({ length: 3 }, () => Float64Array.from({ length: n }, () => between(-1, 1))),
  };
}

function expectEqual(actual: Prediction, expected: Prediction): void {
  const scalars = (prediction: Prediction): Record<string, ArrayLike<number>> => ({
    singularValues: prediction.singularValues,
    curvatures: prediction.normalHessianEigenvalues,
    probes: prediction.probes.flatMap(({ squaredNorm, fluctuation, diffusion }) => [
      squaredNorm,
      fluctuation,
      diffusion,
    ]),
    losses: [prediction.loss.task, prediction.loss.regularized, prediction.regularizedLossWithoutLabelNoise],
    relaxationTime: [prediction.relaxationTime],
  });
  const [a, b] = [scalars(actual), scalars(expected)];
  for (const [what, values] of Object.entries(a)) {
    expect(values.length, what).toBe(b[what].length);
    Array.from(values).forEach((value, i) => {
      expect(Math.abs(value - b[what][i]), `${what}[${i}]`).toBeLessThanOrEqual(1e-9 * Math.abs(b[what][i]));
    });
  }
  const rotations = expected.rotationDiffusionEigenvalues;
  const scale = rotations[rotations.length - 1];
  actual.rotationDiffusionEigenvalues.forEach((value, i) => {
    expect(Math.abs(value - rotations[i]), `rotation ${i}`).toBeLessThanOrEqual(1e-9 * scale);
  });
  // Samples leave out what different blocks have in common.
  const exact = actual.path === 'sampled' ? [] : actual.probes;
  exact.forEach(({ fluctuation, fluctuationAlong }, k) => {
    fluctuationAlong.forEach((value, a) => {
      const difference = Math.abs(value - expected.probes[k].fluctuationAlong[a]);
      expect(difference, `fluctuation along the code of probe ${k}`).toBeLessThanOrEqual(1e-9 * fluctuation);
    });
  });
  actual.probes.forEach(({ directedSpeed, diffusion }, k) => {
    // What symmetry cancels is a rounded zero beside the diffusion.
    const zero = 1e-9 * Math.sqrt(diffusion);
    const difference = Math.abs(directedSpeed - expected.probes[k].directedSpeed);
    expect(difference, `|v| of probe ${k}`).toBeLessThanOrEqual(1e-9 * directedSpeed + zero);
  });
}

/** The prediction, or the message of the error. */
function outcome({ model, probes }: Drawn, path?: Path): Prediction | string {
  try {
    return predict(model, probes, path ? { path } : {});
  } catch (error) {
    if (error instanceof TheoryDomainError) return error.message;
    throw error;
  }
}

describe('the paths of a task that shares its axes with the input', () => {
  it.each<[Kind, Path, number, number]>([
    ['gaussian', 'spectral', 8, 60],
    ['mixture', 'spectral', 5, 40],
    ['axial', 'spectral', 5, 40],
    ['data', 'moments', 5, 40],
    ['data and gaussian', 'moments', 5, 40],
  ])('%s: take %s, and give what the general path gives', (kind, path, largest, numRuns) => {
    let predicted = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const problem = drawn(seed, kind, largest);
        const expected = outcome(problem, 'general');
        const found = outcome(problem);
        if (typeof expected === 'string' || typeof found === 'string') {
          expect(found).toBe(expected);
          return;
        }
        expect(found.path).toBe(path);
        expectEqual(found, expected);
        if (path === 'spectral') {
          const moments = outcome(problem, 'moments');
          if (typeof moments === 'string') throw new Error(moments);
          expectEqual(moments, expected);
        }
        predicted++;
      }),
      { numRuns, seed: 7 },
    );
    expect(predicted).toBeGreaterThan(0.7 * numRuns);
  });

  it('agree that planes are uncorrelated for Gaussian input: the general tensor is diagonal, too', () => {
    const { model, probes } = drawn(5, 'gaussian', 8);
    const spectral = predict(model, probes).drift.diffusion;
    const general = predict(model, probes, { path: 'general' }).drift.diffusion;
    expect(spectral).toBeInstanceOf(DiagonalCovariance);
    const difference = add(general.dense(), spectral.dense(), -1);
    expect(maxAbs(difference)).toBeLessThan(1e-9 * maxAbs(spectral.dense()));
  });

  const covariance = diagonal([1, 1, 2]);
  const stimuli = [
    [2.2, 0, 0],
    [0, -2.2, 0],
    [0, 0, 1.4],
  ].map((stimulus) => ({ probability: 1 / 3, stimulus }));
  it.each<[string, InputDistribution, Partial<Model>, RegExp]>([
    ['Gaussian', inputDistribution(3, [gaussianPart(1, covariance)], []), {}, /^.*$/],
    ['Gaussian', inputDistribution(3, [gaussianPart(1, covariance)], []), { weightDecay: 0 }, /weightDecay 0/],
    ['Gaussian', inputDistribution(3, [gaussianPart(1, covariance)], []), { weightDecay: 3 }, /below 2/],
    ['Gaussian', inputDistribution(3, [gaussianPart(1, covariance)], []), { weightDecay: 1 }, /at the threshold/],
    ['Gaussian', inputDistribution(3, [gaussianPart(1, covariance)], []), { hiddenUnits: 2 }, /2 hidden units cut/],
    ['Gaussian', inputDistribution(3, [gaussianPart(1, covariance)], []), { learningRate: 1 }, /beyond stability/],
    ['data', inputDistribution(3, [], stimuli), { weightDecay: 0 }, /weightDecay 0/],
    ['data', inputDistribution(3, [], stimuli), { weightDecay: 3 }, /below 1.613/],
    ['data', inputDistribution(3, [], stimuli), { hiddenUnits: 1 }, /1 hidden units cut/],
    ['data', inputDistribution(3, [], stimuli), { learningRate: 1 }, /beyond stability/],
  ])('%s: throw the same error on the general path and the one that fits %#', (_, input, changes, message) => {
    const model: Model = {
      hiddenUnits: 3,
      target: identity(3),
      input,
      learningRate: 0.01,
      weightDecay: 0.1,
      labelNoiseVariance: 0.1,
      batchSize: 1,
      ...changes,
    };
    const messages = (['general', undefined] as const).map((path) => {
      const result = outcome({ model, probes: [Float64Array.of(1, 0, 0)] }, path);
      return typeof result === 'string' ? result : 'none';
    });
    expect(messages[1]).toMatch(message);
    expect(messages[1]).toBe(messages[0]);
  });

  it('throw where the model does not allow the path', () => {
    const { model, probes } = drawn(3, 'data', 4);
    expect(outcome({ model, probes }, 'spectral')).toMatch(
      /path spectral is not available for this model: the input is not/,
    );
    const target = fromData(2, 2, Float64Array.of(1, 0.5, 0, 1));
    const general = { ...model, target, input: inputDistribution(2, [gaussianPart(1, diagonal([1, 2]))], []) };
    expect(outcome({ model: general, probes }, 'moments')).toMatch(/the task does not share its axes/);
  });
});

describe('the sampled tensor', () => {
  it.each<[Kind, number]>([
    ['data', 21],
    ['data and gaussian', 25],
    ['gaussian', 28],
  ])('%s: has D without bias and with the error it states, everything else exact', (kind, seed) => {
    const { model, probes } = drawn(seed, kind, 5);
    const target = identity(model.target.cols);
    const problem = { model: { ...model, target, hiddenUnits: 5, labelNoiseVariance: 0.1 }, probes };
    const exact = predict(problem.model, problem.probes, { path: 'moments' });
    expect(exact.singularValues.length).toBeGreaterThan(2);
    const seeds = Array.from({ length: 16 }, (_, k) => k + 1);
    const sampled = seeds.map((key) =>
      predict(problem.model, problem.probes, { path: 'sampled', seed: key, samples: 8192 }),
    );
    const asExact = sampled[0].probes.map((probe, k) => ({ ...probe, diffusion: exact.probes[k].diffusion }));
    expectEqual({ ...sampled[0], probes: asExact }, exact);
    exact.probes.forEach(({ diffusion: expected }, k) => {
      const values = sampled.map((prediction) => prediction.probes[k].diffusion);
      const stated = Math.hypot(...sampled.map((prediction) => prediction.probes[k].diffusionStandardError)) / 16;
      const mean = values.reduce((sum, value) => sum + value / 16, 0);
      // Nine two-sided tests at 3.5 standard errors; an error of 3% would show.
      expect(3.5 * stated).toBeLessThan(0.03 * expected);
      expect(Math.abs(mean - expected)).toBeLessThan(3.5 * stated);
      // 15 (scatter / stated)^2 is chi-squared with 15 degrees of freedom: outside [3.5, 42] once in 1,500.
      const scatter = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (16 * 15);
      expect((15 * scatter) / stated ** 2).toBeGreaterThan(3.5);
      expect((15 * scatter) / stated ** 2).toBeLessThan(42);
    });
  });

  it('depends on the seed alone, and its displacement covariance has the trace D', () => {
    const { model, probes } = drawn(21, 'data', 5);
    const at = (seed: number): Prediction => predict(model, probes, { path: 'sampled', seed });
    const first = at(1);
    expect(at(1).probes).toEqual(first.probes);
    expect(at(2).probes[0].diffusion).not.toBe(first.probes[0].diffusion);
    const { representation, diffusion } = first.probes[0];
    const tensor = first.drift.diffusion;
    expect(trace(tensor.displacementCovariance(representation)) / diffusion).toBeCloseTo(1, 12);
    const again = new DenseCovariance(tensor.dense()).displacementCovariance(representation);
    expect(trace(again) / diffusion).toBeCloseTo(1, 12);
  });
});
