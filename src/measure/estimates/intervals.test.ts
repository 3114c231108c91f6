import { describe, expect, it } from 'vitest';
import { generator, NormalSource } from '#random';
import { correlationInterval95, interval95, meanEstimate, positiveInterval95 } from '../index.js';

const EXPERIMENTS = 4000;

/** How often an interval of the mean of `count` values holds `expected`. */
function coverage(
  count: number,
  expected: number,
  draw: (normal: () => number) => number,
  interval: typeof interval95,
): number {
  const source = new NormalSource(generator(3, count, 'start'), generator(3, count, 'startRetry'));
  let held = 0;
  for (let k = 0; k < EXPERIMENTS; k++) {
    const estimate = meanEstimate(Float64Array.from({ length: count }, () => draw(() => source.next())));
    const [low, high] = interval(estimate, count);
    if (low <= expected && expected <= high) held++;
  }
  return held / EXPERIMENTS;
}

describe('intervals of time courses', () => {
  // At short times 1 - cos is the fluctuation across the code: for three modes a sum of two squares.
  const cosine = (normal: () => number): number => 1 - 0.001 * (normal() ** 2 + normal() ** 2);
  // The same of a code that has nearly turned to the other side.
  const opposite = (normal: () => number): number => -cosine(normal);
  const norm = (normal: () => number): number => normal() ** 2 + normal() ** 2;

  it.each([16, 32, 64])(
    'of a correlation near 1 or -1 cover the mean of %i values more evenly than symmetric ones',
    (count) => {
      const fisher = coverage(count, 0.998, cosine, correlationInterval95);
      expect(fisher).toBeGreaterThan(0.93);
      expect(fisher).toBeLessThan(0.97);
      expect(fisher).toBeGreaterThan(coverage(count, 0.998, cosine, interval95));
      expect(coverage(count, -0.998, opposite, correlationInterval95)).toBe(fisher);
    },
  );

  it.each([16, 32, 64])('of a positive number cover the mean of %i values', (count) => {
    const logarithmic = coverage(count, 2, norm, positiveInterval95);
    expect(logarithmic).toBeGreaterThan(0.93);
    expect(logarithmic).toBeLessThan(0.97);
    expect(logarithmic).toBeGreaterThan(coverage(count, 2, norm, interval95));
  });

  it('stay within the range of the quantity, and are symmetric for a correlation of 0', () => {
    expect(correlationInterval95({ value: 0.99, se: 0.02 }, 20)[1]).toBeLessThan(1);
    expect(positiveInterval95({ value: 0.1, se: 0.2 }, 20)[0]).toBeGreaterThan(0);
    const [low, high] = correlationInterval95({ value: 0, se: 0.01 }, 64);
    expect(low).toBeCloseTo(-high, 14);
    expect(high / interval95({ value: 0, se: 0.01 }, 64)[1]).toBeCloseTo(1, 3);
    expect(correlationInterval95({ value: 1, se: 0 }, 64)).toEqual([1, 1]);
  });
});
