import { describe, expect, it } from 'vitest';
import { add, diagonal, fromData, identity, multiply, symmetricEigen, transpose, zeros, type Matrix } from '#linalg';
import { generator, NormalSource } from '#random';
import { FrameSampler, type Drift, type Normals } from '../index.js';
import { DenseCovariance } from '../rotation/dense.js';
import { meanRotationMinusIdentity } from './mean-frame.js';

/** Diffusion and directed drift in three planes of comparable strength: nothing commutes. */
const drift: Drift = {
  planes: [
    { a: 0, b: 1 },
    { a: 0, b: 2 },
    { a: 1, b: 2 },
  ],
  diffusion: new DenseCovariance(fromData(3, 3, Float64Array.of(1, 0.3, -0.2, 0.3, 0.5, 0.1, -0.2, 0.1, 0.7))),
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

describe('the sampler of the frame', () => {
  const sampler = new FrameSampler(drift, 3, { weakError: 0.02 });
  const errorAt = (dt: number, time: number): number => {
    const one = meanIncrement(sampler, dt);
    let power = identity(3);
    for (let k = 0; k < Math.round(time / dt); k++) power = multiply(power, one);
    const [exact] = meanRotationMinusIdentity(drift, 3, [time]);
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

  it('chooses its step so that the error of the mean is between a fifth of the bound and the bound', () => {
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
    const normals = new NormalSource(generator(5, 0, 'normal'), generator(5, 0, 'retry'));
    for (let k = 0; k < paths; k++) {
      fine.path(times, normals).forEach((turn, i) => {
        sums[i].mean = add(sums[i].mean, turn, 1 / paths);
        sums[i].square = add(sums[i].square, { ...turn, data: turn.data.map((value) => value * value) }, 1 / paths);
        expect(operatorNorm(add(multiply(transpose(turn), turn), identity(3), -1))).toBeLessThan(1e-12);
      });
    }
    meanRotationMinusIdentity(drift, 3, times).forEach((expected, i) => {
      const { mean, square } = sums[i];
      add(expected, identity(3)).data.forEach((value, at) => {
        const error = Math.sqrt((square.data[at] - mean.data[at] ** 2) / paths);
        expect(Math.abs(mean.data[at] - value)).toBeLessThan(4 * error + 0.01);
      });
    });
  });

  it('stays at the identity where nothing rotates', () => {
    const still: Drift = { planes: [], diffusion: new DenseCovariance(zeros(0, 0)), velocity: new Float64Array(0) };
    const [turn] = new FrameSampler(still, 1).path([1e9], { next: () => NaN });
    expect(Array.from(turn.data)).toEqual([1]);
  });

  it('throws where it cannot bound the error, and for times that do not ascend', () => {
    const one = { ...drift, diffusion: new DenseCovariance(diagonal([1, 0, 0])), velocity: Float64Array.of(0, 1, 0) };
    expect(() => new FrameSampler(one, 3)).toThrow('give the sampler a horizon');
    expect(() => new FrameSampler(one, 3, { horizon: 1 })).not.toThrow();
    expect(() => new FrameSampler(drift, 3, { weakError: 0 })).toThrow('expected a positive number');
    expect(() => sampler.path([1, 0.5], { next: () => 0 })).toThrow('ascend');
  });
});
