// The effective process against direct simulation: the rates of short times give the time courses of long times. The rates are
// those measured in the same run (without intercept, over lags of three relaxation times), so that what is tested is the process
// and not the order in the learning rate of its rates. bench/effective.ts does it with predicted rates and directed drift.
import { beforeAll, describe, expect, it } from 'vitest';
import { diagonal } from '#linalg';
import { gaussianPart, inputDistribution } from '#model';
import { covarianceAlong, predict, predictedCourses, type PredictedCourses } from '#theory';
import type { PointRecord, RunReport } from '../../src/experiment/index.js';
import { temporaryFile } from '../support/directory.js';
import { meanderJson } from '../support/meander.js';

const variances = [1.3, 1, 0.7];
const settings = { hiddenUnits: 3, learningRate: 0.04, weightDecay: 0.2, labelNoiseVariance: 0.5, batchSize: 1 };
const probes = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Courses from the generator, its rates multiplied by `factor`. */
function expectedCourses({ rotationDiffusion, courses }: PointRecord, factor: number): PredictedCourses {
  const covariance = diagonal(variances);
  const input = inputDistribution(3, [gaussianPart(1, covariance)], []);
  const prediction = predict({ ...settings, target: diagonal([1, 1, 1]), input }, probes);
  const rates = Float64Array.from(rotationDiffusion, ({ simulation }) => factor * simulation.value);
  const diffusion = covarianceAlong(rates, prediction.rotationDiffusionDirections);
  return predictedCourses({ ...prediction, drift: { ...prediction.drift, diffusion } }, courses.steps);
}

describe('self-correlation of the projections until it falls below 0.3', () => {
  let point: PointRecord;
  beforeAll(async () => {
    const simulation = { replicas: 512, seed: 5, duration: 210_000 };
    const model = { ...settings, input: [{ kind: 'gaussian', covariance: variances }] };
    const file = temporaryFile('rotation.json', JSON.stringify({ name: 'rotation', model, probes, simulation }));
    point = (await meanderJson<RunReport>(['run', file])).points[0];
  });

  /** Deviations in standard errors, and the mean ratio of what is lost, over times at which 5% to 70% are lost. */
  function compare(factor: number): { scores: number[]; ratio: number } {
    const expected = expectedCourses(point, factor).projectedSquaredDisplacement;
    const scores: number[] = [];
    const ratios: number[] = [];
    point.courses.projectedSquaredDisplacement.forEach((row, i) => {
      row.forEach(({ value, se }, k) => {
        // |Rc - R'c|^2 = 2 |c|^2 (1 - correlation).
        const lost = expected[i][k] / (2 * point.probes[k].squaredNorm);
        if (lost < 0.05 || lost > 0.7) return;
        scores.push((value - expected[i][k]) / se);
        ratios.push(value / expected[i][k]);
      });
    });
    return { scores, ratio: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length };
  }

  it('reaches that far', () => {
    const last = expectedCourses(point, 1).projectedSquaredDisplacement.at(-1) ?? [];
    last.forEach((value, k) => {
      expect(1 - value / (2 * point.probes[k].squaredNorm)).toBeLessThan(0.3);
    });
    expect(compare(1).scores.length).toBeGreaterThan(20);
  });

  it('is exp(tA) within 3.5 standard errors at every time, and within 5% on average', () => {
    const { scores, ratio } = compare(1);
    for (const score of scores) expect(Math.abs(score)).toBeLessThan(3.5);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  });

  it('is one half at the half-life of the measured rotation, within 3 standard errors', () => {
    const { steps, selfCorrelation } = point.courses;
    point.probes.forEach(({ simulation }, k) => {
      const { value: time, se } = simulation.halfLife ?? { value: NaN, se: NaN };
      expect(se / time).toBeLessThan(0.02);
      const after = steps.findIndex((step) => step > time);
      const [left, right] = [after - 1, after].map((i) => selfCorrelation[i][k] ?? { value: NaN, se: NaN });
      // Exponential between the times, to less than the errors.
      const weight = (time - steps[after - 1]) / (steps[after] - steps[after - 1]);
      const between = left.value ** (1 - weight) * right.value ** weight;
      const error = Math.hypot(Math.max(left.se, right.se), (Math.LN2 * 0.5 * se) / time);
      expect(error).toBeLessThan(0.03);
      expect(Math.abs(between - 0.5)).toBeLessThan(3 * error);
    });
  });

  it('is not what rates 10% off would give', () => {
    for (const factor of [0.9, 1.1]) expect(Math.abs(compare(factor).ratio - 1)).toBeGreaterThan(0.05);
  });
});
