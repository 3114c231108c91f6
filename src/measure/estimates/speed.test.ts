import { describe, expect, it } from 'vitest';
import { generator, NormalSource } from '#random';
import { speed } from './speed.js';

const EXPERIMENTS = 2000;
const REPLICAS = 64;

/** How often the interval is below, and above, a velocity of this length along the first axis; `scales` are standard errors of its components. */
function misses(length: number, scales: readonly number[]): { below: number; above: number } {
  const source = new NormalSource(generator(5, scales.length, 'start'), generator(5, scales.length, 'startRetry'));
  const missed = { below: 0, above: 0 };
  for (let k = 0; k < EXPERIMENTS; k++) {
    const vectors = Array.from({ length: REPLICAS }, () =>
      Float64Array.from(scales, (scale, i) => (i === 0 ? length : 0) + scale * Math.sqrt(REPLICAS) * source.next()),
    );
    const [low, high] = speed(vectors, new Array<number>(REPLICAS).fill(1), 1).interval95;
    if (high < length) missed.below += 1 / EXPERIMENTS;
    if (low > length) missed.above += 1 / EXPERIMENTS;
  }
  return missed;
}

describe.each([{ scales: [1] }, { scales: [1, 1, 1] }, { scales: [1, 0.5, 2] }, { scales: [1, 1, 1, 1, 1, 1] }])(
  'the interval of the length of a vector with errors $scales',
  ({ scales }) => {
    it('leaves out 0 in 5% where nothing moves', () => {
      const { below, above } = misses(0, scales);
      expect(below).toBe(0);
      expect(above).toBeGreaterThan(0.03);
      expect(above).toBeLessThan(0.07);
    });

    it.each([2, 4, 12])('holds a length of %d errors', (length) => {
      const { below, above } = misses(length, scales);
      expect(below + above).toBeLessThan(0.07);
      // With unequal errors that along the vector is not well known.
      expect(below + above).toBeGreaterThan(0.012);
    });

    it('is too long and too short equally often far from 0', () => {
      const { below, above } = misses(30, scales);
      for (const share of [below, above]) {
        expect(share).toBeGreaterThan(0.01);
        expect(share).toBeLessThan(0.04);
      }
    });
  },
);

it('gives the length itself where nothing is uncertain, and no bound for one replica', () => {
  const still = [Float64Array.of(3, 4), Float64Array.of(3, 4)];
  expect(speed(still, [1, 1], 2)).toEqual({ value: 2.5, se: 0, interval95: [2.5, 2.5] });
  expect(speed(still.slice(1), [1], 1).interval95).toEqual([0, Infinity]);
});
