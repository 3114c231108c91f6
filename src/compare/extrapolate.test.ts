import { describe, expect, it } from 'vitest';
import { generator, NormalSource } from '#random';
import { extrapolateToZeroRate } from './extrapolate.js';
import { ratio } from './ratio.js';

const rates = [0.01, 0.005, 0.0025];

describe('extrapolateToZeroRate', () => {
  it('recovers an exact line', () => {
    const fit = extrapolateToZeroRate(
      rates.map((learningRate) => ({ learningRate, ratio: { value: 1.02 + 8 * learningRate, se: 0.01 } })),
    );
    expect(fit?.limit.value).toBeCloseTo(1.02, 12);
    expect(fit?.slope.value).toBeCloseTo(8, 9);
    expect(fit?.chiSquare).toBeCloseTo(0, 12);
  });

  it('states as curvature the bias that a quadratic term causes', () => {
    const curved = (curvature: number) =>
      extrapolateToZeroRate(
        rates.map((eta) => ({ learningRate: eta, ratio: { value: 1 + 8 * eta + curvature * eta * eta, se: 0.01 } })),
      );
    const straight = curved(0);
    expect(curved(64)?.limit.value).toBeCloseTo(1 + (straight?.curvature ?? NaN), 12);
    expect(straight).toMatchObject({ method: 'straightLine', limit: { value: expect.closeTo(1, 12) as number } });
    expect(straight?.limit.se).toBeCloseTo(
      Math.hypot(straight?.statisticalError ?? NaN, straight?.curvature ?? NaN),
      12,
    );
    expect(straight?.curvature).not.toBe(0);
  });

  describe('with the next order of the theory', () => {
    /** (1 + 8 eta)(1 + second eta^2 + third eta^3) L. */
    const along = (second: number, third = 0, limit = 1) =>
      extrapolateToZeroRate(
        rates.map((eta) => {
          const nextOrder = 1 + 8 * eta;
          const rest = 1 + second * eta ** 2 + third * eta ** 3;
          return { learningRate: eta, ratio: { value: limit * nextOrder * rest, se: 0.01 }, nextOrder };
        }),
      );

    it('has the limit of a ratio with a term in eta^2, which a straight line misses', () => {
      const fit = along(64, 0, 1.03);
      expect(fit).toMatchObject({ method: 'nextOrder', limit: { value: expect.closeTo(1.03, 12) as number } });
      expect(fit?.slope.value).toBeCloseTo(64 * 1.03, 8);
      expect(fit?.chiSquare).toBeCloseTo(0, 12);
    });

    it('states as curvature the bias of the geometric term in eta^3', () => {
      const fit = along(64, 0);
      expect(along(64, 512)?.limit.value).toBeCloseTo(1 + (fit?.curvature ?? NaN), 4);
      expect(fit?.limit.se).toBeCloseTo(Math.hypot(fit?.statisticalError ?? NaN, fit?.curvature ?? NaN), 12);
    });

    it('is the sum of its weights times the ratios', () => {
      const ratios = rates.map((eta) => 1 + 11 * eta);
      const points = rates.map((learningRate, i) => ({
        learningRate,
        ratio: { value: ratios[i], se: 0.01 * (i + 1) },
        nextOrder: 1 + 9 * learningRate,
      }));
      for (const fit of [points, points.map(({ learningRate, ratio: own }) => ({ learningRate, ratio: own }))].map(
        extrapolateToZeroRate,
      )) {
        const sum = fit?.weights.reduce((total, weight, i) => total + weight * ratios[i], 0);
        expect(sum).toBeCloseTo(fit?.limit.value ?? NaN, 12);
      }
    });

    it('is a straight line where the next order is missing at a rate or not above 0', () => {
      const point = (learningRate: number, nextOrder: number | null) =>
        ({ learningRate, ratio: { value: 1, se: 0.1 }, nextOrder }) as const;
      for (const odd of [null, -0.1]) {
        const fit = extrapolateToZeroRate([point(0.1, 1.1), point(0.2, odd), point(0.3, 1.3)]);
        expect(fit?.method).toBe('straightLine');
      }
    });
  });

  describe('of drift by two noises, one of which vanishes', () => {
    /** D of both over eta: 1 (1 + main eta) + 100 eta^2 (1 + minor eta), as drift by synaptic noise and by learning. */
    const along = (main: number, minor: number, isKnown: boolean, perRate = 100) =>
      extrapolateToZeroRate(
        rates.map((eta) => {
          const share = (perRate * eta ** 2) / (1 + perRate * eta ** 2);
          const value = (1 - share) * (1 + main * eta) + share * (1 + minor * eta);
          return {
            learningRate: eta,
            ratio: { value, se: 0.001 },
            vanishing: { share, nextOrder: isKnown ? 1 + minor * eta : null },
          };
        }),
      );

    it('has the limit where the next order of that part is known, which a straight line misses', () => {
      const fit = along(1, 9, true, 5000);
      expect(fit).toMatchObject({ method: 'bySource', limit: { value: expect.closeTo(1, 12) as number } });
      expect(fit?.slope.value).toBeCloseTo(1, 9);
      expect(Math.abs((along(1, 9, false, 5000)?.limit.value ?? 1) - 1)).toBeGreaterThan(0.003);
    });

    it('states the bias of a straight line where it is not, if the two differ by as much as the ratios change', () => {
      const [fit, straight] = [along(4, 8, false), along(4, 4, false)];
      const squares = 16 * rates.reduce((sum, eta, i) => sum + (straight?.weights[i] ?? NaN) * eta ** 2, 0);
      const bias = (fit?.limit.value ?? NaN) - 1;
      expect(bias).toBeLessThan(-1e-5);
      expect((straight?.curvature ?? NaN) - squares).toBeCloseTo(bias, 6);
      expect(fit?.limit.se).toBeCloseTo(Math.hypot(fit?.statisticalError ?? NaN, fit?.curvature ?? NaN), 12);
    });

    it('is the sum of its weights times the ratios', () => {
      const fit = along(1, 9, true, 5000);
      const ratios = rates.map((eta) => {
        const share = (5000 * eta ** 2) / (1 + 5000 * eta ** 2);
        return (1 - share) * (1 + eta) + share * (1 + 9 * eta);
      });
      expect(fit?.weights.reduce((sum, weight, i) => sum + weight * ratios[i], 0)).toBeCloseTo(1, 12);
    });

    it('is a straight line where the part is missing at a rate', () => {
      const fit = extrapolateToZeroRate(
        rates.map((learningRate, i) => ({
          learningRate,
          ratio: { value: 1, se: 0.1 },
          vanishing: i === 0 ? null : { share: 0.1, nextOrder: 1.1 },
        })),
      );
      expect(fit?.method).toBe('straightLine');
    });
  });

  it('states the scatter of repeated measurements as its error, and chi-square 1', () => {
    const normal = new NormalSource(generator(1, 0, 'normal'), generator(1, 0, 'retry'));
    const errors = [0.01, 0.02, 0.015];
    const fits = Array.from({ length: 4000 }, () =>
      extrapolateToZeroRate(
        rates.map((learningRate, i) => ({
          learningRate,
          ratio: { value: 1 + 8 * learningRate + errors[i] * normal.next(), se: errors[i] },
        })),
      ),
    ).filter((fit) => fit !== null);
    const variance = fits.reduce((sum, { limit }) => sum + (limit.value - 1) ** 2, 0) / fits.length;
    // The variance of 4000 normal values is known to 2.2%.
    expect(Math.abs(variance / fits[0].statisticalError ** 2 - 1)).toBeLessThan(0.08);
    const chiSquare = fits.reduce((sum, fit) => sum + fit.chiSquare, 0) / fits.length;
    expect(Math.abs(chiSquare - 1)).toBeLessThan(0.08);
  });

  it('is null without three different rates and positive errors', () => {
    const point = (learningRate: number, se = 0.1) => ({ learningRate, ratio: { value: 1, se } });
    expect(extrapolateToZeroRate([point(0.1), point(0.2), point(0.2)])).toBeNull();
    expect(extrapolateToZeroRate([point(0.1), point(0.2), point(0.3, 0)])).toBeNull();
  });
});

describe('ratio', () => {
  it('divides value and error by the prediction, and is null for a predicted zero', () => {
    expect(ratio({ value: 3, se: 0.3 }, 2)).toEqual({ value: 1.5, se: 0.15 });
    expect(ratio({ value: 3, se: 0.3 }, 0)).toBeNull();
    expect(ratio({ value: 3, se: 0.3 }, 1e-20)).toBeNull();
    // Relative errors of 3% and 4% make 5%.
    expect(ratio({ value: 4, se: 0.12 }, 2, 0.08)?.se).toBeCloseTo(0.1, 12);
  });
});
