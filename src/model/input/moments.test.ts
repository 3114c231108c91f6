import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, apply, fromData, fromRows, maxAbs, multiply, norm, transpose, zeros, type Matrix } from '#linalg';
import { generator, replicaStreams } from '#random';
import {
  changeBasis,
  errorInputCovariance,
  gaussianPart,
  haarFrame,
  inputDistribution,
  largestSecondMoment,
  secondMoment,
  type InputDistribution,
} from '../index.js';
import { InputSampler } from './sampler.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));

function uniformMatrix(seed: number, rows: number, cols: number): Matrix {
  const source = generator(seed, 0, 'start');
  return fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * source.uniform() - 1),
  );
}

/** Rank `rank`, so singular if less than n. */
function covariance(seed: number, n: number, rank = n): Matrix {
  const factor = uniformMatrix(seed, n, rank);
  return multiply(factor, transpose(factor));
}

interface Sample {
  readonly weight: number;
  readonly x: Float64Array;
  readonly e: Float64Array;
}

/** All points of a grid with the given one-dimensional nodes, with their weights. */
function grid(nodes: readonly [value: number, weight: number][], dimension: number): [number[], number][] {
  let points: [number[], number][] = [[[], 1]];
  for (let d = 0; d < dimension; d++) {
    points = points.flatMap(([point, weight]) =>
      nodes.map(([value, w]): [number[], number] => [[...point, value], weight * w]),
    );
  }
  return points;
}

/**
 * A finite set of samples (x, e) with exactly the moments asked for. A fair coin of +-sigma has the mean and variance of the
 * label noise, which enters squared at most; the three-point Gauss-Hermite rule has the moments of a normal up to the fifth.
 */
function enumerate(input: InputDistribution, residual: Matrix, sigma2: number): Sample[] {
  const coin = grid(
    [
      [Math.sqrt(sigma2), 0.5],
      [-Math.sqrt(sigma2), 0.5],
    ],
    residual.rows,
  );
  const hermite = grid(
    [
      [-Math.sqrt(3), 1 / 6],
      [0, 2 / 3],
      [Math.sqrt(3), 1 / 6],
    ],
    input.size,
  );
  const xs = input.gaussians.flatMap(({ weight, factor }) =>
    hermite.map(([z, w]) => ({ weight: weight * w, x: apply(factor, z) })),
  );
  input.probabilities.forEach((weight, k) => {
    xs.push({ weight, x: input.stimuli.data.slice(k * input.size, (k + 1) * input.size) });
  });
  return xs.flatMap(({ weight, x }) =>
    coin.map(([eps, w]) => ({ weight: weight * w, x, e: apply(residual, x).map((value, i) => value + eps[i]) })),
  );
}

/** e x^T as a column of length m n. */
const product = ({ x, e }: Sample): Matrix => {
  const outer = multiply(fromRows(Array.from(e, (value) => [value])), fromRows([x]));
  return fromData(outer.data.length, 1, outer.data);
};

function covarianceOf(samples: readonly Sample[]): Matrix {
  const size = samples[0].x.length * samples[0].e.length;
  let mean = zeros(size, 1);
  for (const sample of samples) mean = add(mean, product(sample), sample.weight);
  let result = zeros(size, size);
  for (const sample of samples) {
    const centred = add(product(sample), mean, -1);
    result = add(result, multiply(centred, transpose(centred)), sample.weight);
  }
  return result;
}

/** Weights that are far from equal, stimuli with a mean far from zero. */
function mixture(seed: number, n: number, gaussians: number, stimuli: number): InputDistribution {
  const raw = Array.from({ length: gaussians + stimuli }, (_, k) => 1 + ((seed + 3 * k) % 7));
  const weight = (k: number): number => raw[k] / raw.reduce((sum, value) => sum + value, 0);
  return inputDistribution(
    n,
    Array.from({ length: gaussians }, (_, k) => gaussianPart(weight(k), covariance(seed + k, n, k ? n : 1))),
    Array.from({ length: stimuli }, (_, k) => ({
      probability: weight(gaussians + k),
      stimulus: uniformMatrix(seed + 100 + k, 1, n).data.map((value) => value + 0.8),
    })),
  );
}

const kinds = fc
  .record({
    seed: fc.nat(1000),
    n: fc.integer({ min: 1, max: 3 }),
    m: fc.integer({ min: 1, max: 3 }),
    gaussians: fc.integer({ min: 0, max: 2 }),
    stimuli: fc.integer({ min: 0, max: 4 }),
    sigma2: fc.constantFrom(0, 0.5),
  })
  .filter(({ gaussians, stimuli }) => gaussians + stimuli > 0)
  .map((kind) => ({
    ...kind,
    input: mixture(kind.seed, kind.n, kind.gaussians, kind.stimuli),
    residual: uniformMatrix(kind.seed + 200, kind.m, kind.n),
  }));

describe('the moments of an input', () => {
  it('equal those of a finite set of samples, all counted', () => {
    fc.assert(
      fc.property(kinds, ({ input, residual, sigma2 }) => {
        const samples = enumerate(input, residual, sigma2);
        let sigma = zeros(input.size, input.size);
        for (const { weight, x } of samples)
          sigma = add(sigma, multiply(transpose(fromRows([x])), fromRows([x])), weight);
        expect(distance(secondMoment(input), sigma)).toBeLessThan(1e-12);
        const exact = covarianceOf(samples);
        expect(distance(errorInputCovariance(input, residual, sigma2), exact)).toBeLessThan(1e-12 * (1 + norm(exact)));
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('have their largest entry where a sum over the squares alone finds it', () => {
    for (const input of [mixture(5, 3, 2, 3), mixture(6, 4, 0, 9), mixture(7, 2, 2, 0)]) {
      expect(largestSecondMoment(input)).toBeCloseTo(maxAbs(secondMoment(input)), 12);
    }
  });

  it('turn with the basis', () => {
    fc.assert(
      fc.property(kinds, ({ seed, input, residual, sigma2 }) => {
        const basis = haarFrame(seed, 0, input.size, input.size);
        const turned = changeBasis(input, basis);
        const expected = multiply(transpose(basis), secondMoment(input), basis);
        expect(distance(secondMoment(turned), expected)).toBeLessThan(1e-12);
        // e is the same number seen from new input axes; x turns.
        const before = errorInputCovariance(input, residual, sigma2);
        const after = errorInputCovariance(turned, multiply(residual, basis), sigma2);
        const turn = zeros(before.rows, before.cols);
        for (let i = 0; i < residual.rows; i++) {
          for (let j = 0; j < input.size; j++) {
            for (let k = 0; k < input.size; k++) {
              turn.data[(i * input.size + j) * before.cols + i * input.size + k] = basis.data[k * input.size + j];
            }
          }
        }
        expect(distance(after, multiply(turn, before, transpose(turn)))).toBeLessThan(1e-12 * (1 + norm(before)));
        turned.gaussians.forEach(({ factor, covariance: c }) => {
          expect(distance(multiply(factor, transpose(factor)), c)).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  it('are those of a million samples', () => {
    const input = mixture(5, 3, 2, 3);
    const residual = uniformMatrix(9, 2, 3);
    const sigma2 = 0.4;
    const sampler = new InputSampler(input);
    const { normal, select } = replicaStreams(21, 0);
    const x = new Float64Array(3);
    const sigma = secondMoment(input).data;
    const exact = errorInputCovariance(input, residual, sigma2).data;
    const mean = multiply(residual, secondMoment(input)).data;
    const sums = Array.from({ length: sigma.length + exact.length }, () => ({ first: 0, second: 0 }));
    const collect = (index: number, value: number): void => {
      sums[index].first += value;
      sums[index].second += value * value;
    };
    const count = 1_000_000;
    const ex = new Float64Array(6);
    for (let k = 0; k < count; k++) {
      sampler.draw(normal, select, x, 0);
      const e = apply(residual, x);
      for (let i = 0; i < 2; i++) e[i] += Math.sqrt(sigma2) * normal.next();
      for (let i = 0; i < 6; i++) ex[i] = e[Math.floor(i / 3)] * x[i % 3] - mean[i];
      for (let i = 0; i < 9; i++) collect(i, x[Math.floor(i / 3)] * x[i % 3]);
      for (let i = 0; i < 36; i++) collect(9 + i, ex[Math.floor(i / 6)] * ex[i % 6]);
    }
    [...sigma, ...exact].forEach((expected, i) => {
      const average = sums[i].first / count;
      const error = Math.sqrt((sums[i].second / count - average ** 2) / count);
      expect(Math.abs(average - expected)).toBeLessThan(4 * error);
      expect(error).toBeLessThan(0.01 * Math.max(...(i < 9 ? sigma : exact)));
    });
  });
});
