import { describe, expect, it } from 'vitest';
import { identity, scale, fromData } from '#linalg';
import { generator, NormalSource } from '#random';
import { pooledMean, pooledSquares, type RatioGroup } from './pooled.js';

const normal = new NormalSource(generator(4, 0, 'normal'), generator(4, 0, 'retry'));
const SE = 0.02;

/** Three ratios that share a part of their errors, each with the whole error 0.02. */
function group(shared: number, known = true, freedom = 1e6, mean = 1): RatioGroup {
  const common = shared * normal.next();
  const own = Math.sqrt(1 - shared ** 2);
  return {
    ratios: [0, 1, 2].map(() => ({
      ratio: { value: mean + SE * (common + own * normal.next()), se: SE },
      bias: 0,
      freedom,
    })),
    covariance: known
      ? fromData(
          3,
          3,
          Float64Array.from({ length: 9 }, (_, i) => SE ** 2 * (i % 4 === 0 ? 1 : shared ** 2)),
        )
      : null,
  };
}

const draws = (count: number, make: () => RatioGroup[]): RatioGroup[][] => Array.from({ length: count }, make);
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the mean of ratios', () => {
  it.each([0, 0.8])('has the scatter that it states, with a correlation of %f squared', (shared) => {
    const means = draws(4000, () => [group(shared), group(shared)]).map(pooledMean);
    const variance = meanOf(means.map(({ value }) => (value - 1) ** 2));
    // The variance of 4000 normal values is known to 2.2%.
    expect(Math.abs(variance / meanOf(means.map(({ statisticalError }) => statisticalError ** 2)) - 1)).toBeLessThan(
      0.08,
    );
    expect(Math.abs(meanOf(means.map(({ value }) => value)) - 1)).toBeLessThan(0.001);
  });

  it('takes errors without a known covariance to be the same error', () => {
    const [known, unknown] = [true, false].map((is) => pooledMean([group(0, is)]).statisticalError);
    expect(known).toBeCloseTo(SE / Math.sqrt(3), 3);
    expect(unknown).toBeCloseTo(SE, 12);
  });

  it('has the bias that its ratios have in common', () => {
    const biased = (biases: readonly number[]): RatioGroup => ({
      ratios: biases.map((bias) => ({ ratio: { value: 1, se: SE }, bias, freedom: 60 })),
      covariance: scale(identity(biases.length), SE ** 2),
    });
    expect(pooledMean([biased([-0.01, -0.03])]).bias).toBeCloseTo(0.02, 12);
    expect(pooledMean([biased([-0.01]), biased([0.01])]).bias).toBeCloseTo(0, 12);
  });

  it('notices 3% of 20 groups that none of them alone shows', () => {
    const { value, statisticalError } = pooledMean(Array.from({ length: 20 }, () => group(0.5, true, 63, 1.03)));
    expect((value - 1) / statisticalError).toBeGreaterThan(4);
  });
});

describe('the mean square', () => {
  it.each([
    [0, true],
    [0.9, true],
    [0.9, false],
  ])(
    'of ratios that share %f of their errors exceeds its bounds as often as a normal deviate, covariance known: %s',
    (shared, known) => {
      const squares = draws(2000, () => Array.from({ length: 10 }, () => group(shared, known))).map(pooledSquares);
      expect(meanOf(squares.map(({ value }) => value))).toBeCloseTo(1, 1);
      const above = (z: number): number => meanOf(squares.map((own) => Number(own.z > z)));
      expect(above(3)).toBeLessThan(0.005);
      if (known) expect(Math.abs(above(1) - 0.1587)).toBeLessThan(0.035);
    },
  );

  it('expects more of errors from few replicas', () => {
    expect(pooledSquares([group(0, true, 63)]).expected).toBeCloseTo(63 / 61, 12);
  });

  it('notices errors that are too small by a third', () => {
    const small = Array.from({ length: 40 }, () => group(0)).map(({ ratios, covariance }) => ({
      ratios: ratios.map((own) => ({ ...own, ratio: { value: own.ratio.value, se: SE / 1.5 } })),
      covariance: covariance && scale(covariance, 1 / 2.25),
    }));
    expect(pooledSquares(small).z).toBeGreaterThan(4);
  });
});
