import { describe, expect, it } from 'vitest';
import { generator, NormalSource } from '#random';
import { fitPowerLaw } from './power-law.js';

const rates = [0.01, 0.005, 0.0025, 0.00125, 0.000625];

describe('fitPowerLaw', () => {
  it('recovers exponent and correction of an exact law', () => {
    const fit = fitPowerLaw(rates.map((x) => ({ x, y: { value: 7 * x ** 3 * Math.exp(9 * x), se: x ** 3 } })));
    expect(fit.exponent.value).toBeCloseTo(3, 9);
    expect(fit.correction.value).toBeCloseTo(9, 7);
    expect(fit.chiSquare).toBeCloseTo(0, 9);
  });

  it('has the exponent of a law whose first correction is known, whatever the second', () => {
    const law = (third: number) =>
      fitPowerLaw(
        rates.map((x) => ({
          x,
          y: { value: 7 * x ** 3 * (1 + 9 * x) * Math.exp(81 * x ** 2 + third * x ** 3), se: 0.01 * x ** 3 },
          nextOrder: 1 + 9 * x,
        })),
      );
    const exact = law(0);
    expect(exact.exponent.value).toBeCloseTo(3, 9);
    expect(exact.correction.value).toBeCloseTo(81, 5);
    const free = fitPowerLaw(rates.map((x) => ({ x, y: { value: 7 * x ** 3, se: 0.01 * x ** 3 } })));
    expect(exact.exponent.se).toBeLessThan(0.7 * free.exponent.se);
    expect(law(729).exponent.value - 3).toBeCloseTo(exact.curvature, 5);
  });

  it('states as curvature the bias that the next term of the logarithm causes', () => {
    const law = (next: number) =>
      fitPowerLaw(rates.map((x) => ({ x, y: { value: x * Math.exp(9 * x + next * x * x), se: 0.01 * x } })));
    // With equal relative errors the fit is linear in the logarithm; c of the curved law is not 9.
    const curved = law(-81 / 2);
    const c = curved.correction.value;
    expect(curved.exponent.value - 1).toBeCloseTo(curved.curvature * (81 / (c * c)), 3);
  });

  it('states the scatter of repeated measurements as its error', () => {
    const normal = new NormalSource(generator(2, 0, 'normal'), generator(2, 0, 'retry'));
    const fits = Array.from({ length: 4000 }, () =>
      fitPowerLaw(rates.map((x) => ({ x, y: { value: x * (1 + 0.01 * normal.next()), se: 0.01 * x } }))),
    );
    const variance = fits.reduce((sum, { exponent }) => sum + (exponent.value - 1) ** 2, 0) / fits.length;
    // The variance of 4000 normal values is known to 2.2%.
    expect(Math.abs(variance / fits[0].exponent.se ** 2 - 1)).toBeLessThan(0.08);
  });

  it('throws RangeError for three points or a value that is not positive', () => {
    const point = (x: number, value: number) => ({ x, y: { value, se: 0.1 } });
    expect(() => fitPowerLaw([point(1, 1), point(2, 2), point(3, 3)])).toThrow(RangeError);
    expect(() => fitPowerLaw([point(1, 1), point(2, 2), point(3, -3), point(4, 4)])).toThrow(RangeError);
  });
});
