import { describe, expect, it } from 'vitest';
import { diagonal, fromData, identity, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type InputDistribution, type Model } from '#model';
import { predict, predictedCourses, predictNextOrder, type SlowMotion } from '../index.js';

const modelOf = (input: InputDistribution, target: Matrix = identity(3)): Model => ({
  hiddenUnits: 8,
  target,
  input,
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
});

const gaussian = (variances: number[]): InputDistribution =>
  inputDistribution(variances.length, [gaussianPart(1, diagonal(variances))], []);

/** Skewed stimuli: no reflection leaves them as they are, so that representations drift in a direction. */
const skewed = inputDistribution(
  3,
  [],
  [
    [1.7, 0.3, -0.4],
    [-1.2, 1.1, 0.9],
    [0.4, -1.6, 0.7],
    [-0.9, 0.2, -1.5],
  ].map((stimulus) => ({ probability: 1 / 4, stimulus: Float64Array.from(stimulus) })),
);

const stimuli = [
  [1, 0.2, -0.4],
  [0, 1, 0],
  [0.3, -0.2, 1],
];

/** The self-correlation of each probe at its own half-life. */
const correlationAt = (motion: SlowMotion, times: readonly (number | null)[]): (number | null)[] =>
  times.map((time, k) => predictedCourses(motion, [time ?? NaN]).selfCorrelation[0][k]);

describe('the half-life of the self-correlation', () => {
  it('is 2 ln(2 |u|^2) / (D/|c|^2), |u|^2 = |c|^2 / (|c|^2 + F_across), where all planes diffuse alike', () => {
    const [probe] = predict(modelOf(gaussian([1, 1, 1])), [[1, 0.5, 2]]).probes;
    const { representation, squaredNorm, fluctuation, fluctuationAlong, diffusion, halfLife } = probe;
    const along = representation.reduce((sum, value, a) => sum + value * fluctuationAlong[a], 0);
    const across = fluctuation - along / Math.sqrt(squaredNorm);
    // A good part of F is along the code.
    expect(across / fluctuation).toBeLessThan(0.75);
    expect(across / fluctuation).toBeGreaterThan(0.4);
    const expected = (2 * Math.log((2 * squaredNorm) / (squaredNorm + across))) / (diffusion / squaredNorm);
    expect((halfLife ?? NaN) / expected).toBeCloseTo(1, 9);
    expect(probe.halfLifeStandardError).toBe(0);
  });

  it.each([
    ['planes of different rates', modelOf(gaussian([1.4, 1, 0.7]))],
    [
      'axes of the task that are not those of the input',
      modelOf(gaussian([1.4, 1, 0.7]), fromData(3, 3, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4, 0.1, -0.5, 1.1))),
    ],
    ['directed drift', modelOf(skewed)],
  ])('is where the predicted course is one half, with %s', (_, model) => {
    const prediction = predict(model, stimuli);
    correlationAt(
      prediction,
      prediction.probes.map(({ halfLife }) => halfLife),
    ).forEach((value) => {
      expect(value).toBeCloseTo(0.5, 9);
    });
  });

  it('is shorter by directed drift than by diffusion alone, and the next order has its own', () => {
    const leading = predict(modelOf(skewed), stimuli).probes;
    leading.forEach(({ halfLife, diffusion, squaredNorm, directedSpeed }) => {
      expect(directedSpeed).toBeGreaterThan(0);
      expect(halfLife).toBeLessThan((0.9 * 2 * Math.LN2 * squaredNorm) / diffusion);
    });
    const next = predictNextOrder(modelOf(skewed), stimuli);
    correlationAt(
      next,
      next.probes.map(({ halfLife }) => halfLife),
    ).forEach((value) => {
      expect(value).toBeCloseTo(0.5, 9);
    });
    next.probes.forEach(({ halfLife, learningRateError }, k) => {
      expect(Math.abs((halfLife ?? NaN) / (leading[k].halfLife ?? NaN) - 1)).toBeGreaterThan(0.003);
      expect(learningRateError.halfLife).toBeGreaterThan(learningRateError.diffusion);
    });
  });

  it('is null for a probe that is not represented, and where one mode has nothing to turn in', () => {
    const unlearned = predict(modelOf(gaussian([1.4, 1, 0.05])), [
      [0, 0, 1],
      [0, 1, 0],
    ]);
    expect(unlearned.probes.map(({ halfLife }) => halfLife)).toEqual([null, expect.any(Number)]);
    expect(predict(modelOf(gaussian([1.4, 0.05, 0.05])), [[1, 0, 0]]).probes[0].halfLife).toBeNull();
  });

  it('has an error of the scatter over seeds where the rotation tensor is sampled', () => {
    const model = modelOf(skewed);
    const exact = predict(model, stimuli, { path: 'moments' }).probes;
    const scores = Array.from({ length: 16 }, (_, seed) =>
      predict(model, stimuli, { path: 'sampled', seed: seed + 1 }).probes.map(
        ({ halfLife, halfLifeStandardError }, k) =>
          ((halfLife ?? NaN) - (exact[k].halfLife ?? NaN)) / halfLifeStandardError,
      ),
    );
    const meanSquare = scores.flat().reduce((sum, z) => sum + z * z, 0) / scores.flat().length;
    // 16 seeds, their probes correlated: the mean of z^2 is 1 to some 30%.
    expect(meanSquare).toBeGreaterThan(0.4);
    expect(meanSquare).toBeLessThan(1.9);
  });
});
