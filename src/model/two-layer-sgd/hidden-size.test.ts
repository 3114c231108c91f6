import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, fromData, identity, maxAbs, multiply, transpose, type Matrix } from '#linalg';
import { generator, NormalSource } from '#random';
import { haarFrame, lift, randomStart, reduce } from '../index.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));
const gram = (a: Matrix): Matrix => multiply(transpose(a), a);

interface Estimate {
  readonly mean: number;
  readonly variance: number;
  readonly meanError: number;
  readonly varianceError: number;
}

/** Mean and variance of every entry over a sample of matrices, with standard errors from the sample itself. */
function estimate(sample: readonly Matrix[]): Estimate[] {
  const count = sample.length;
  return Array.from(sample[0].data, (_, index) => {
    const values = sample.map(({ data }) => data[index]);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const central = (power: number): number => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / count;
    const variance = central(2);
    return {
      mean,
      variance,
      meanError: Math.sqrt(variance / count),
      varianceError: Math.sqrt((central(4) - variance ** 2) / count),
    };
  });
}

function expectWithin(value: number, expected: number, error: number): void {
  expect(Math.abs(value - expected)).toBeLessThan(4 * error + 1e-14);
}

const range = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, k) => make(k));

describe('a random start', () => {
  const deviation = 0.3;
  // p just above n + m, where chi has few degrees of freedom; far above; and at or below, where nothing is reduced.
  const shapes: [units: number, columns: number][] = [
    [5, 4],
    [30, 3],
    [3, 3],
    [2, 4],
  ];

  it.each(shapes)('of %i units and %i columns has the Gram matrix of Gaussian weights', (units, columns) => {
    const count = 20_000;
    const reduced = estimate(range(count, (replica) => gram(randomStart(51, replica, units, columns, deviation))));
    const normal = new NormalSource(generator(52, units, 'start'), generator(52, units, 'startRetry'));
    const weights = (): Matrix =>
      fromData(
        units,
        columns,
        new Float64Array(units * columns).map(() => deviation * normal.next()),
      );
    const full = estimate(range(count, () => gram(weights())));
    reduced.forEach((entry, index) => {
      const diagonal = index % (columns + 1) === 0;
      // Wishart: mean p d^2 I, variance 2 p d^4 on the diagonal and p d^4 off it.
      expectWithin(entry.mean, diagonal ? units * deviation ** 2 : 0, entry.meanError);
      expectWithin(entry.variance, (diagonal ? 2 : 1) * units * deviation ** 4, entry.varianceError);
      expectWithin(entry.mean, full[index].mean, Math.hypot(entry.meanError, full[index].meanError));
      expectWithin(entry.variance, full[index].variance, Math.hypot(entry.varianceError, full[index].varianceError));
      expect(entry.varianceError).toBeLessThan(0.025 * entry.variance);
    });
  });

  it('has min(p, n + m) rows, its own for every seed and replica', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (seed, replica, units) => {
        const start = randomStart(seed, replica, units, 4, 1);
        expect([start.rows, start.cols]).toEqual([Math.min(units, 4), 4]);
        expect(randomStart(seed, replica, units, 4, 1)).toEqual(start);
        for (const other of [
          randomStart(seed + 1, replica, units, 4, 1),
          randomStart(seed, replica + 1, units, 4, 1),
        ]) {
          expect(other.data.some((value, i) => value !== 0 && value === start.data[i])).toBe(false);
        }
        expect(
          distance(randomStart(seed, replica, units, 4, 0.5), { ...start, data: start.data.map((v) => v / 2) }),
        ).toBe(0);
      }),
      { seed: 1 },
    );
  });
});

describe('a Haar frame', () => {
  const count = 20_000;

  it.each([
    [5, 2],
    [3, 3],
    [2, 1],
  ])('of shape %i x %i is uniform', (p, k) => {
    const frames = range(count, (replica) => haarFrame(53, replica, p, k));
    // Any entry: mean 0 and E q^2 = 1/p; E q^4 = 3 / (p (p+2)), which a frame of favoured axes would miss.
    estimate(frames).forEach(({ mean, meanError, variance, varianceError }) => {
      expectWithin(mean, 0, meanError);
      expectWithin(variance, 1 / p, varianceError);
    });
    estimate(frames.map((q) => ({ ...q, data: q.data.map((value) => value ** 4) }))).forEach(({ mean, meanError }) => {
      expectWithin(mean, 3 / (p * (p + 2)), meanError);
    });
    estimate(frames.map((q) => multiply(q, transpose(q)))).forEach(({ mean, meanError }, index) => {
      expectWithin(mean, index % (p + 1) === 0 ? k / p : 0, meanError);
    });
    // Different entries are uncorrelated.
    estimate(
      frames.map((q) => ({ rows: 1, cols: p * k - 1, data: q.data.slice(1).map((value, i) => value * q.data[i]) })),
    ).forEach(({ mean, meanError }) => {
      expectWithin(mean, 0, meanError);
    });
  });

  it('has orthonormal columns, its own for every seed and replica, not those of the start', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 40 }), (seed, replica, extra) => {
        const frame = haarFrame(seed, replica, 3 + extra, 3);
        expect(distance(gram(frame), identity(3))).toBeLessThan(1e-13);
        expect(haarFrame(seed, replica, 3 + extra, 3)).toEqual(frame);
        expect(distance(haarFrame(seed, replica + 1, 3 + extra, 3), frame)).toBeGreaterThan(1e-3);
        expect(distance(haarFrame(seed + 1, replica, 3 + extra, 3), frame)).toBeGreaterThan(1e-3);
      }),
      { seed: 2 },
    );
    // The first column is the first column of the Gaussian matrix, normalised: so it shows which stream was used.
    const start = randomStart(1, 1, 2, 2, 1);
    const ratio = (a: Matrix): number => a.data[2] / a.data[0];
    expect(ratio(haarFrame(1, 1, 2, 2))).not.toBeCloseTo(ratio(start), 6);
  });
});

describe('reduction', () => {
  const weights = (rows: number, cols: number): fc.Arbitrary<Matrix> =>
    fc.array(fc.integer({ min: -300, max: 300 }), { minLength: rows * cols, maxLength: rows * cols }).map((values) =>
      fromData(
        rows,
        cols,
        Float64Array.from(values, (value) => value / 100),
      ),
    );
  const shape = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }));

  it('and lifting give back the weights, in min(p, n + m) rows', () => {
    fc.assert(
      fc.property(
        shape.chain(([rows, cols]) => weights(rows, cols)),
        (theta) => {
          const { frame, reduced } = reduce(theta);
          expect([reduced.rows, reduced.cols]).toEqual([Math.min(theta.rows, theta.cols), theta.cols]);
          expect(distance(lift(frame, reduced), theta)).toBeLessThan(1e-13);
          expect(frame === null).toBe(theta.rows <= theta.cols);
          if (frame) expect(distance(gram(frame), identity(theta.cols))).toBeLessThan(1e-13);
          else expect(reduced).toBe(theta);
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });
});
