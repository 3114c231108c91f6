import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, apply, diagonal, fromData, identity, multiply, qr, scale, transpose, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { isotropicAutoencoder, predict, type FirstErrors, type Prediction } from './index.js';

const gaussianModel = (covariance: Matrix, target: Matrix, changes: Partial<Model> = {}): Model => ({
  hiddenUnits: 8,
  target,
  input: inputDistribution(covariance.rows, [gaussianPart(1, covariance)], []),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
  ...changes,
});

const entries = (count: number, low: number, high: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.double({ min: low, max: high, noNaN: true }), { minLength: count, maxLength: count })
    .map((values) => Float64Array.from(values));

/** Random orthogonal n x n. */
const orthogonal = (n: number): fc.Arbitrary<Matrix> =>
  entries(n * n, -1, 1).map((data) => qr(add(fromData(n, n, data), identity(n), 3)).q);

const close = (actual: number, expected: number, relative: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
};

/** What does not depend on the choice of coordinates. */
const invariants = (prediction: Prediction): number[] => [
  ...prediction.singularValues,
  ...prediction.normalHessianEigenvalues,
  ...prediction.rotationDiffusionEigenvalues,
  ...prediction.probes.flatMap((probe) => [probe.squaredNorm, probe.fluctuation, probe.diffusion]),
  prediction.loss.task,
  prediction.loss.regularized,
];

const expectSame = (actual: Prediction, expected: Prediction, relative: number): void => {
  const [a, b] = [invariants(actual), invariants(expected)];
  expect(a.length).toBe(b.length);
  a.forEach((value, i) => {
    close(value, b[i], relative);
  });
};

describe('predict', () => {
  it('agrees with the closed form of the isotropic autoencoder', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: 0.05, max: 0.4, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 1, max: 5 }),
        (n, variance, weightDecay, labelNoiseVariance, batchSize) => {
          const model = gaussianModel(scale(identity(n), variance), identity(n), {
            weightDecay,
            labelNoiseVariance,
            batchSize,
          });
          const x = Float64Array.from({ length: n }, (_, i) => i - 0.7);
          const xx = x.reduce((sum, value) => sum + value * value, 0);
          const { probes, rotationDiffusionEigenvalues, singularValues } = predict(model, [x]);
          const form = isotropicAutoencoder({ ...model, inputs: n, variance });
          close(singularValues[0], form.singularValue, 1e-12);
          close(probes[0].fluctuation, form.fluctuation(xx), 1e-9);
          close(probes[0].diffusion, form.diffusion(xx), 1e-9);
          for (const value of rotationDiffusionEigenvalues) close(value, form.rotationVariance, 1e-9);
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  it('does not depend on the coordinates of input and output', () => {
    fc.assert(
      fc.property(orthogonal(3), orthogonal(2), entries(6, -1, 1), (inputTurn, outputTurn, noise) => {
        const target = add(fromData(2, 3, Float64Array.of(1.2, 0, 0.2, 0, 1, -0.3)), fromData(2, 3, noise), 0.2);
        const covariance = diagonal([1.4, 1, 0.7]);
        const x = Float64Array.of(0.3, -1, 0.8);
        const plain = predict(gaussianModel(covariance, target), [x]);
        const turned = predict(
          gaussianModel(
            multiply(inputTurn, covariance, transpose(inputTurn)),
            multiply(outputTurn, target, transpose(inputTurn)),
          ),
          [apply(inputTurn, x)],
        );
        expectSame(turned, plain, 1e-8);
        close(turned.probes[0].directedSpeed, plain.probes[0].directedSpeed, 1e-7);
      }),
      { numRuns: 20, seed: 2 },
    );
  });

  it('is continuous where a task just fails to commute: blocks and one dense block give the same', () => {
    const covariance = diagonal([1.5, 1.2, 0.9, 0.6]);
    const x = Float64Array.of(1, -0.5, 0.3, 0.8);
    const nudge = fromData(
      4,
      4,
      Float64Array.from({ length: 16 }, (_, i) => Math.sin(i * i + 1)),
    );
    const commuting = predict(gaussianModel(covariance, identity(4)), [x]);
    const general = predict(gaussianModel(covariance, add(identity(4), nudge, 1e-9)), [x]);
    expectSame(general, commuting, 1e-7);
  });

  it('has no directed drift for Gaussian input and a commuting task, and has one when symmetry is broken', () => {
    const covariance = diagonal([1.5, 1.2, 0.9]);
    const x = Float64Array.of(1, 1, 1);
    const even = predict(gaussianModel(covariance, identity(3)), [x]).probes[0];
    expect(even.directedSpeed).toBeLessThan(1e-12 * Math.sqrt(even.diffusion));
    const target = fromData(3, 3, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4, 0.1, -0.5, 1.1));
    const odd = predict(gaussianModel(covariance, target), [x]).probes[0];
    expect(odd.directedSpeed).toBeGreaterThan(1e-8);
  });

  it('scales with the powers of learning rate and batch size: F 1, |v| 2 and 1, D 3 and 2', () => {
    const target = fromData(2, 3, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4));
    const at = (changes: Partial<Model>) =>
      predict(gaussianModel(diagonal([1.5, 1.2, 0.9]), target, changes), [[1, 0.2, -0.4]]).probes[0];
    const base = at({ learningRate: 0.01 });
    const half = at({ learningRate: 0.005 });
    const batch = at({ batchSize: 4 });
    close(half.fluctuation * 2, base.fluctuation, 1e-12);
    close(half.directedSpeed * 4, base.directedSpeed, 1e-10);
    close(half.diffusion * 8, base.diffusion, 1e-12);
    close(batch.fluctuation * 4, base.fluctuation, 1e-12);
    close(batch.directedSpeed * 4, base.directedSpeed, 1e-10);
    close(batch.diffusion * 16, base.diffusion, 1e-12);
  });

  it('does not depend on hidden units beyond the learned modes', () => {
    const covariance = diagonal([1.5, 1.2, 0.9]);
    const few = predict(gaussianModel(covariance, identity(3), { hiddenUnits: 3 }), [[1, 0, 1]]);
    const many = predict(gaussianModel(covariance, identity(3), { hiddenUnits: 1e6 }), [[1, 0, 1]]);
    expect(invariants(many)).toEqual(invariants(few));
  });

  it('hands over the answer for a general task before its limit of stability is known', () => {
    const model = gaussianModel(diagonal([1, 2, 3]), fromData(2, 3, Float64Array.of(1, 0.5, 0.2, -0.3, 0.8, 0.1)));
    const heard: { first: Prediction; errors: FirstErrors | null }[] = [];
    const last = predict(model, [Float64Array.of(1, 0, 0)], {
      first: (first, errors) => heard.push({ first, errors }),
    });
    expect(heard).toHaveLength(1);
    const [{ first, errors }] = heard;
    expect(errors).toBeNull();
    expectSame(first, last, 0);
    expect([first.stability.exact, last.stability.exact]).toEqual([false, true]);
    expect(first.stability.learningRate).toBeGreaterThan(last.stability.learningRate);
  });
});
