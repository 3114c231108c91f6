import { describe, expect, it } from 'vitest';
import {
  add,
  apply,
  diagonal,
  dot,
  fromData,
  identity,
  multiply,
  scale,
  symmetricEigen,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { generator as stream, NormalSource } from '#random';
import {
  courseTimes,
  crossCorrelations,
  decayRates,
  FrameSampler,
  meanFrameGenerator,
  isotropicAutoencoder,
  meanTurnsLessOne,
  predict,
  predictedCourses,
  denseCovariance,
  type Drift,
  type Normals,
} from '../index.js';

const modelOf = (covariance: Matrix, target: Matrix): Model => ({
  hiddenUnits: 8,
  target,
  input: inputDistribution(covariance.rows, [gaussianPart(1, covariance)], []),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
});

const dense = (matrix: Matrix): Drift['diffusion'] => ({ kind: 'dense', matrix });

/** Diffusion and directed drift in three planes of comparable strength: nothing commutes. */
const drift: Drift = {
  planes: [
    { a: 0, b: 1 },
    { a: 0, b: 2 },
    { a: 1, b: 2 },
  ],
  diffusion: dense(fromData(3, 3, Float64Array.of(1, 0.3, -0.2, 0.3, 0.5, 0.1, -0.2, 0.1, 0.7))),
  velocity: Float64Array.of(0.4, -0.3, 0.2),
};

const operatorNorm = (a: Matrix): number => Math.sqrt(symmetricEigen(multiply(transpose(a), a)).values[a.rows - 1]);

/** Nodes and weights of Gauss-Hermite quadrature for N(0, 1), from the Jacobi matrix (Golub & Welsch 1969). */
function gaussHermite(count: number): { node: number; weight: number }[] {
  const jacobi = zeros(count, count);
  for (let k = 1; k < count; k++) {
    jacobi.data[k * count + k - 1] = jacobi.data[(k - 1) * count + k] = Math.sqrt(k);
  }
  const { values, vectors } = symmetricEigen(jacobi);
  return Array.from(values, (node, k) => ({ node, weight: vectors.data[k] ** 2 }));
}

/** E exp(omega) of one step of the sampler, without sampling error. */
function meanIncrement(sampler: FrameSampler, dt: number): Matrix {
  const rule = gaussHermite(10);
  let mean = zeros(3, 3);
  for (const x of rule) {
    for (const y of rule) {
      for (const z of rule) {
        const given = [x.node, y.node, z.node][Symbol.iterator]();
        const normals: Normals = { next: () => given.next().value ?? NaN };
        mean = add(mean, sampler.increment(dt, normals), x.weight * y.weight * z.weight);
      }
    }
  }
  return mean;
}

describe('the meanFrameGenerator of the frame', () => {
  it('turns by the velocity and decays by the diffusion of every representation', () => {
    const target = fromData(3, 3, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4, 0.1, -0.5, 1.1));
    const { drift: found, probes } = predict(modelOf(diagonal([1.5, 1.2, 0.9]), target), [
      [1, 0.2, -0.4],
      [0, 1, 0],
    ]);
    const { directed, diffusive } = meanFrameGenerator(found, 3);
    for (const { representation: c, diffusion, directedSpeed } of probes) {
      expect(-2 * dot(c, apply(diffusive, c))).toBeCloseTo(diffusion, 15);
      expect((-2 * dot(c, apply(diffusive, c))) / diffusion).toBeCloseTo(1, 10);
      expect(Math.hypot(...apply(directed, c)) / directedSpeed).toBeCloseTo(1, 10);
    }
  });

  it('of the isotropic autoencoder decays at (n - 1) kappa / 2', () => {
    const n = 4;
    const model = modelOf(identity(n), identity(n));
    const { drift: found } = predict(model, []);
    const { rotationVariance } = isotropicAutoencoder({ ...model, inputs: n, variance: 1 });
    for (const rate of decayRates(meanFrameGenerator(found, n)))
      expect(rate / rotationVariance).toBeCloseTo((n - 1) / 2, 9);
  });
});

describe('the sampler of the frame', () => {
  const sampler = new FrameSampler(drift, 3, { weakError: 0.02 });
  const errorAt = (dt: number, time: number): number => {
    const one = meanIncrement(sampler, dt);
    let power = identity(3);
    for (let k = 0; k < Math.round(time / dt); k++) power = multiply(power, one);
    const [exact] = meanTurnsLessOne(drift, 3, [time]);
    return operatorNorm(add(add(power, identity(3), -1), exact, -1));
  };

  it('converges in the mean with order 1', () => {
    const errors = [0.1, 0.05, 0.025].map((dt) => errorAt(dt, 1));
    for (const k of [0, 1]) {
      const order = Math.log2(errors[k] / errors[k + 1]);
      expect(order).toBeGreaterThan(0.9);
      expect(order).toBeLessThan(1.1);
    }
  });

  it('chooses its step so that the error of the mean stays below the bound, and not far below', () => {
    const errors = [1, 2, 4, 8, 16, 32].map((count) => errorAt(sampler.step, count * sampler.step));
    expect(Math.max(...errors)).toBeLessThan(0.02);
    expect(Math.max(...errors)).toBeGreaterThan(0.02 / 5);
  });

  it('takes a longer step to a nearer horizon', () => {
    const { step } = new FrameSampler(drift, 3, { weakError: 0.02, horizon: 0.1 });
    expect(step).toBeGreaterThan(sampler.step);
  });

  it('samples rotations with the mean exp(tA)', () => {
    const times = [0.2, 0.7, 1.5];
    const paths = 1500;
    const sums = times.map(() => ({ mean: zeros(3, 3), square: zeros(3, 3) }));
    const fine = new FrameSampler(drift, 3, { weakError: 0.01 });
    const normals = new NormalSource(stream(5, 0, 'normal'), stream(5, 0, 'mend'));
    for (let k = 0; k < paths; k++) {
      fine.path(times, normals).forEach((turn, i) => {
        sums[i].mean = add(sums[i].mean, turn, 1 / paths);
        sums[i].square = add(sums[i].square, { ...turn, data: turn.data.map((value) => value * value) }, 1 / paths);
        expect(operatorNorm(add(multiply(transpose(turn), turn), identity(3), -1))).toBeLessThan(1e-12);
      });
    }
    meanTurnsLessOne(drift, 3, times).forEach((expected, i) => {
      const { mean, square } = sums[i];
      add(expected, identity(3)).data.forEach((value, at) => {
        const error = Math.sqrt((square.data[at] - mean.data[at] ** 2) / paths);
        expect(Math.abs(mean.data[at] - value)).toBeLessThan(4 * error + 0.01);
      });
    });
  });

  it('does not move where nothing rotates', () => {
    const still: Drift = { planes: [], diffusion: dense(zeros(0, 0)), velocity: new Float64Array(0) };
    const [turn] = new FrameSampler(still, 1).path([1e9], { next: () => NaN });
    expect(Array.from(turn.data)).toEqual([1]);
  });

  it('refuses what it cannot bound', () => {
    const one = { ...drift, diffusion: dense(diagonal([1, 0, 0])), velocity: Float64Array.of(0, 1, 0) };
    expect(() => new FrameSampler(one, 3)).toThrow('give the sampler a horizon');
    expect(() => new FrameSampler(one, 3, { horizon: 1 })).not.toThrow();
    expect(() => new FrameSampler(drift, 3, { weakError: 0 })).toThrow('expected a positive number');
    expect(() => sampler.path([1, 0.5], { next: () => 0 })).toThrow('ascend');
  });
});

describe('predicted courses', () => {
  const prediction = predict(modelOf(diagonal([1.4, 1, 0.7]), identity(3)), [
    [1, 0.2, -0.4],
    [0, 1, 0],
  ]);

  it('begin with the diffusion and the fluctuation, and end without correlation', () => {
    const short = 10 * prediction.relaxationTime;
    const courses = predictedCourses(prediction, [0, short, 1e3 / prediction.probes[0].diffusion]);
    prediction.probes.forEach(({ squaredNorm, fluctuation, diffusion }, k) => {
      const projected = courses.projectedSquaredDisplacement.map((row) => row[k]);
      const raw = courses.squaredDisplacement.map((row) => row[k]);
      const self = courses.selfCorrelation.map((row) => row[k]);
      expect([projected[0], raw[0], self[0]]).toEqual([0, 0, 1]);
      expect(projected[1] / (diffusion * short)).toBeCloseTo(1, 4);
      expect(raw[1] - projected[1]).toBeCloseTo(2 * fluctuation, 12);
      expect(projected[2]).toBeCloseTo(2 * squaredNorm, 9);
      expect(self[2]).toBeCloseTo(0, 9);
    });
  });

  it('have the similarity matrix as cross-correlation at time 0, then exp(tA) between', () => {
    const time = 1 / prediction.rotationDiffusionEigenvalues[0];
    const [now, then] = crossCorrelations(prediction, [0, time]);
    const [c, d] = prediction.probes.map(({ representation }) => representation);
    expect(now[0][1]).toBeCloseTo(dot(c, d), 14);
    const [change] = meanTurnsLessOne(prediction.drift, 3, [time]);
    expect(then[1][0]).toBeCloseTo(dot(d, c) + dot(d, apply(change, c)), 14);
    expect(Math.abs(then[1][0])).toBeLessThan(0.9 * Math.abs(now[1][0]));
  });

  it('are asked at times until the slowest probe has forgotten', () => {
    const times = courseTimes(prediction);
    expect(times).toHaveLength(25);
    const { selfCorrelation } = predictedCourses(prediction, times);
    expect(selfCorrelation[1].every((value) => value !== null && value > 0.97)).toBe(true);
    expect(selfCorrelation[24].every((value) => value !== null && value < 0.1)).toBe(true);
  });

  it('have nothing to correlate where a probe is not represented', () => {
    const blind = predict(modelOf(diagonal([1.4, 1, 0.05]), identity(3)), [[0, 0, 1]]);
    expect(predictedCourses(blind, [0, 1e5]).selfCorrelation).toEqual([[null], [null]]);
  });

  it('scale with the units of time', () => {
    const half = {
      ...drift,
      diffusion: dense(scale(denseCovariance(drift.diffusion), 0.5)),
      velocity: drift.velocity.map((v) => v / 2),
    };
    const [a] = meanTurnsLessOne(drift, 3, [0.4]);
    const [b] = meanTurnsLessOne(half, 3, [0.8]);
    expect(operatorNorm(add(a, b, -1))).toBeLessThan(1e-13);
  });
});
