import { expect, it } from 'vitest';
import { generator, NormalSource } from '#random';
import { linearFrom, meanSquaredDisplacements } from './displacements.js';

const SAMPLES = 512;

/** Courses of 16 replicas: relaxing fluctuations of rate 1 / tau, and a random walk of variance `drift` a sample, in 10 components. */
function courses(tau: number, drift: number): Float64Array[][] {
  return Array.from({ length: 16 }, (_, replica) => {
    const normal = new NormalSource(generator(1, replica, 'normal'), generator(1, replica, 'retry'));
    const keep = Math.exp(-1 / tau);
    const step = Math.sqrt(1 - keep * keep);
    const [fluctuation, position] = [new Float64Array(10), new Float64Array(10)];
    return Array.from({ length: SAMPLES }, () => {
      for (let i = 0; i < 10; i++) {
        fluctuation[i] = keep * fluctuation[i] + step * normal.next();
        position[i] += Math.sqrt(drift) * normal.next();
      }
      return fluctuation.map((value, i) => value + position[i]);
    });
  });
}

const found = (tau: number, drift: number) => linearFrom(meanSquaredDisplacements(courses(tau, drift)), SAMPLES);

it('has the mean squared displacement of a random walk, by powers of two in lag', () => {
  const { lags, values } = meanSquaredDisplacements(courses(1e-9, 100));
  expect(lags).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
  lags.forEach((lag, j) => {
    const mean = values[j].reduce((sum, value) => sum + value, 0) / 16;
    expect(Math.abs(mean / (10 * 100 * lag + 20) - 1)).toBeLessThan(0.1);
  });
});

it('finds where displacements grow in proportion to the lag, after relaxation', () => {
  const growth = found(4, 0.02);
  expect(growth?.lag).toBeGreaterThan(4);
  expect(growth?.lag).toBeLessThanOrEqual(32);
  // D L over D L + 2 F.
  const lag = growth?.lag ?? NaN;
  expect(Math.abs((growth?.share ?? NaN) / ((0.02 * lag) / (0.02 * lag + 2)) - 1)).toBeLessThan(0.5);
});

it('finds where displacements stay where nothing drifts, and nothing where the lags are too short', () => {
  expect(found(4, 0)).toMatchObject({ share: 0 });
  expect(found(4, 0)?.lag).toBeGreaterThan(4);
  expect(found(400, 0)).toBeNull();
});
