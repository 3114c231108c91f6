import { expect, it } from 'vitest';
import { diagonal, identity } from '#linalg';
import { gaussianPart, inputDistribution } from '#model';
import { predict } from '#theory';
import { EffectiveProcess } from './process.js';

const { drift, probes } = predict(
  {
    hiddenUnits: 3,
    target: identity(3),
    input: inputDistribution(3, [gaussianPart(1, diagonal([1.4, 1, 0.7]))], []),
    learningRate: 0.01,
    weightDecay: 0.1,
    labelNoiseVariance: 0.2,
    batchSize: 1,
  },
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
);
const motion = {
  planes: drift.planes,
  velocity: drift.velocity,
  rank: 3,
  covariance: drift.diffusion.dense().data,
};
/** In four hidden units. */
const start = Float64Array.of(0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);

it('the effective process turns each code by D/|h|^2 a step, and keeps the frame orthonormal', () => {
  const steps = 0.002 * (probes[0].halfLife ?? NaN);
  const sums = [0, 0, 0];
  const paths = 4000;
  for (let seed = 1; seed <= paths; seed++) {
    const frame = new EffectiveProcess(motion, start, seed).advance(steps);
    for (let a = 0; a < 3; a++) {
      const row = frame.subarray(4 * a, 4 * a + 4);
      expect(Math.hypot(...row)).toBeCloseTo(1, 12);
      sums[a] += row.reduce((sum, value, u) => sum + (value - start[4 * a + u]) ** 2, 0);
    }
  }
  probes.forEach(({ diffusion, squaredNorm }, a) => {
    // Each sum is of chi-square in two planes: 1.6% over 4000 paths.
    expect(Math.abs(sums[a] / paths / steps / (diffusion / squaredNorm) - 1)).toBeLessThan(0.07);
  });
});

it('the same seed makes the same path', () => {
  const a = new EffectiveProcess(motion, start, 7);
  const b = new EffectiveProcess(motion, start, 7);
  for (let k = 0; k < 5; k++) expect(a.advance(1e4)).toEqual(b.advance(1e4));
  expect(new EffectiveProcess(motion, start, 8).advance(1e4)).not.toEqual(a.advance(1e4));
});
