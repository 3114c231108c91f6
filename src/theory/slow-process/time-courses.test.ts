import { describe, expect, it } from 'vitest';
import { apply, diagonal, dot, identity, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { courseTimes, crossCorrelations, predict, predictedCourses } from '../index.js';
import { meanRotationMinusIdentity } from './mean-frame.js';

const modelOf = (covariance: Matrix, target: Matrix): Model => ({
  hiddenUnits: 8,
  target,
  input: inputDistribution(covariance.rows, [gaussianPart(1, covariance)], []),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
});

describe('predicted time courses', () => {
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
    const [change] = meanRotationMinusIdentity(prediction.drift, 3, [time]);
    expect(then[1][0]).toBeCloseTo(dot(d, c) + dot(d, apply(change, c)), 14);
    expect(Math.abs(then[1][0])).toBeLessThan(0.9 * Math.abs(now[1][0]));
  });

  it('are given at times up to the loss of correlation of the slowest probe', () => {
    const times = courseTimes(prediction);
    expect(times).toHaveLength(25);
    const { selfCorrelation } = predictedCourses(prediction, times);
    expect(selfCorrelation[1].every((value) => value !== null && value > 0.97)).toBe(true);
    expect(selfCorrelation[24].every((value) => value !== null && value < 0.1)).toBe(true);
  });

  it('have no self-correlation for a probe that is not represented', () => {
    const blind = predict(modelOf(diagonal([1.4, 1, 0.05]), identity(3)), [[0, 0, 1]]);
    expect(predictedCourses(blind, [0, 1e5]).selfCorrelation).toEqual([[null], [null]]);
  });
});
