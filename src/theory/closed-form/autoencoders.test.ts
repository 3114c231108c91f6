import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagonal, identity } from '#linalg';
import { gaussianPart, inputDistribution, type InputDistribution, type Model } from '#model';
import {
  frequencyAutoencoder,
  isotropicAutoencoder,
  predict,
  twoLevelAutoencoder,
  type LevelForms,
  type Path,
} from '../index.js';

const real = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

const learning = fc.record({
  weightDecay: real(0.05, 0.3),
  labelNoiseVariance: fc.oneof(fc.constant(0), real(0, 0.5)),
  learningRate: real(0.001, 0.02),
  batchSize: fc.integer({ min: 1, max: 4 }),
});
type Learning = Pick<Model, 'weightDecay' | 'labelNoiseVariance' | 'learningRate' | 'batchSize'>;

const close = (what: string, actual: number, expected: number): void => {
  expect(Math.abs(actual - expected), what).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
};

/** F and D of every axis, axis i in level `levelOf(i)`, by the general path and by the one that fits. */
function expectForms(
  input: InputDistribution,
  rates: Learning,
  forms: LevelForms,
  levelOf: (i: number) => number,
): void {
  const n = input.size;
  const axes = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1.5 : 0)));
  const model: Model = { hiddenUnits: n + 1, target: identity(n), input, ...rates };
  for (const path of ['general', 'spectral'] satisfies Path[]) {
    const { probes, singularValues } = predict(model, axes, { path });
    expect(singularValues.length).toBe(axes.filter((_, i) => forms.singularValues[levelOf(i)] > 0).length);
    probes.forEach(({ fluctuation, diffusion, squaredNorm }, i) => {
      const level = levelOf(i);
      close(`|h|^2 ${i}`, squaredNorm, forms.singularValues[level] * 2.25);
      close(`F ${i}`, forms.fluctuation(level, 2.25), fluctuation);
      close(`D ${i}`, forms.diffusion(level, 2.25), diffusion);
    });
  }
}

describe('closed forms', () => {
  const counts = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }));

  it.each<[string, number, number]>([
    ['an irrelevant level', 0.002, 0.045],
    ['two learned levels', 0.35, 0.8],
  ])('of two levels equal the general path: %s', (_, low, high) => {
    fc.assert(
      fc.property(learning, counts, real(0.9, 2), real(low, high), (rates, [n1, n2], first, second) => {
        const forms = twoLevelAutoencoder({ ...rates, counts: [n1, n2], variances: [first, second] });
        const variances = Array.from({ length: n1 + n2 }, (__, i) => (i < n1 ? first : second));
        const input = inputDistribution(n1 + n2, [gaussianPart(1, diagonal(variances))], []);
        expectForms(input, rates, forms, (i) => (i < n1 ? 0 : 1));
      }),
      { numRuns: 25, seed: 31 },
    );
  });

  it('of two equal levels are those of the isotropic autoencoder', () => {
    fc.assert(
      fc.property(learning, real(0.5, 2), (rates, variance) => {
        const forms = twoLevelAutoencoder({ ...rates, counts: [3, 4], variances: [variance, variance] });
        const isotropic = isotropicAutoencoder({ ...rates, inputs: 7, variance });
        for (const [A, B] of [
          [0, 0],
          [0, 1],
          [1, 1],
        ]) {
          close(`plane ${A} ${B}`, forms.rotationVariance(A, B), isotropic.rotationVariance);
        }
        close('F', forms.fluctuation(1, 2), isotropic.fluctuation(2));
        close('D', forms.diffusion(0, 2), isotropic.diffusion(2));
      }),
      { numRuns: 25, seed: 32 },
    );
  });

  it('of a stimulus over an isotropic background equal the general path at every frequency', () => {
    fc.assert(
      fc.property(
        learning,
        fc.integer({ min: 2, max: 5 }),
        real(0.6, 1.5),
        fc.oneof(fc.constant(0), real(0.02, 0.45)),
        real(1, 6),
        (rates, n, variance, frequency, square) => {
          const forms = frequencyAutoencoder({ ...rates, inputs: n, variance, frequency, stimulusSquaredNorm: square });
          const stimulus = Float64Array.from({ length: n }, (_, i) => (i === 0 ? Math.sqrt(square) : 0));
          const background = gaussianPart(1 - frequency, diagonal(new Float64Array(n).fill(variance)));
          const input = inputDistribution(n, [background], [{ probability: frequency, stimulus }]);
          expectForms(input, rates, forms, (i) => (i === 0 ? 0 : 1));
        },
      ),
      { numRuns: 25, seed: 33 },
    );
  });

  it('throw for a weight decay that switches every level off, naming the bound', () => {
    const rates = { weightDecay: 1, labelNoiseVariance: 0, learningRate: 0.01, batchSize: 1 };
    expect(() => twoLevelAutoencoder({ ...rates, counts: [2, 2], variances: [0.9, 0.5] })).toThrow(
      /weightDecay < 0\.9/,
    );
  });
});
