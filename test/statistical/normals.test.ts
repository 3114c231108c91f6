import { beforeAll, describe, expect, it } from 'vitest';
import { replicaStreams, ziggurat } from '#random';
import { loadKernel } from '../../src/kernel/load.node.js';
import { kernelNormals } from '../../src/kernel/normals.js';

const COUNT = 2_500_000;
const TOTAL = 4 * COUNT;
const replicas = [0, 1, 2, 1000] as const;
let draws: Float64Array[];
beforeAll(async () => {
  draws = kernelNormals(await loadKernel(), 1, [...replicas], COUNT);
});

/** Bounds are five standard errors, two-sided: a false alarm in 1.7 million. */
const SIGMAS = 5;

/** The standard normal distribution function by its Taylor series (Marsaglia 2004); absolute error below 1e-14. */
function cumulative(x: number): number {
  let sum = x;
  let term = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

it('the numbers are those of NormalSource', () => {
  replicas.forEach((replica, i) => {
    const { normal } = replicaStreams(1, replica);
    const expected = Float64Array.from({ length: 200_000 }, () => normal.next());
    expect(draws[i].subarray(0, 200_000)).toEqual(expected);
  });
});

it('single precision draws the same numbers, rounded', async () => {
  const single = kernelNormals(await loadKernel(), 1, [...replicas], COUNT, 'f32');
  // Three roundings to 24 bits, and what the lower 21 bits of the abscissa are worth in the widest layer.
  const bound = (z: number): number => 1.5 * 2 ** -23 * Math.abs(z) + ziggurat.edge[0] * 2 ** -31;
  const wrong = draws.flatMap((values, i) => [...values.filter((z, k) => !(Math.abs(single[i][k] - z) <= bound(z)))]);
  expect(wrong).toEqual([]);
});

it('the distribution (Kolmogorov-Smirnov)', () => {
  const sorted = new Float64Array(TOTAL);
  draws.forEach((values, i) => {
    sorted.set(values, i * COUNT);
  });
  sorted.sort();
  let distance = 0;
  sorted.forEach((value, k) => {
    const probability = cumulative(value);
    distance = Math.max(distance, probability - k / TOTAL, (k + 1) / TOTAL - probability);
  });
  // P(sqrt(N) D > t) = 2 exp(-2 t^2) for large N; at 2.7 that is 1e-6.
  expect(Math.sqrt(TOTAL) * distance).toBeLessThan(2.7);
});

describe('moments', () => {
  // E z^k = (k-1)!! for even k; Var z^k = E z^2k - (E z^k)^2.
  const moment = (k: number): number => (k % 2 === 1 ? 0 : k < 2 ? 1 : (k - 1) * moment(k - 2));
  const powers = new Float64Array(9);
  beforeAll(() => {
    for (const values of draws) {
      for (const z of values) {
        let power = 1;
        for (let k = 1; k < powers.length; k++) powers[k] += power *= z;
      }
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('of order %i', (k) => {
    const got = powers[k] / TOTAL;
    const error = Math.sqrt((moment(2 * k) - moment(k) ** 2) / TOTAL);
    expect(Math.abs(got - moment(k))).toBeLessThan(SIGMAS * error);
  });
});

// From 3.852 on the draws come from the tail's own generator.
it.each([
  [3, 3.852046150368391],
  [3.852046150368391, 4],
  [4, 4.5],
  [4.5, 5],
  [5, 8],
])('as many draws beyond %f and below %f as there should be, on both sides', (from, to) => {
  const expected = TOTAL * (cumulative(to) - cumulative(from));
  for (const sign of [-1, 1]) {
    let got = 0;
    for (const values of draws) for (const z of values) if (sign * z > from && sign * z <= to) got++;
    // A Poisson count; one is added for the skewness of small ones.
    expect(Math.abs(got - expected)).toBeLessThan(SIGMAS * Math.sqrt(expected) + 1);
  }
});

describe('no correlation', () => {
  /** Mean product, of the draws and of their squares (less 1, variance 2), in standard errors. */
  function correlations(first: Float64Array, second: Float64Array): number[] {
    const count = Math.min(first.length, second.length);
    let products = 0;
    let squares = 0;
    for (let k = 0; k < count; k++) {
      const [a, b] = [first[k], second[k]];
      products += a * b;
      squares += (a * a - 1) * (b * b - 1);
    }
    return [products, squares / 2].map((sum) => Math.abs(sum) / Math.sqrt(count));
  }

  it.each([1, 2, 3, 4, 5, 8, 16, 32, 64])('between draws %i apart', (lag) => {
    for (const values of draws) {
      expect(Math.max(...correlations(values, values.subarray(lag)))).toBeLessThan(SIGMAS);
    }
  });

  it('between replicas, at the same and at neighbouring draws', () => {
    for (const a of [0, 1, 2, 3]) {
      for (const b of [0, 1, 2, 3].filter((other) => other !== a)) {
        // At the same draw each pair once.
        for (const lag of a < b ? [0, 1, 2] : [1, 2]) {
          expect(Math.max(...correlations(draws[a], draws[b].subarray(lag)))).toBeLessThan(SIGMAS);
        }
      }
    }
  });
});
