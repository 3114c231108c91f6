import { expect, it } from 'vitest';
import { agreement, below, notAbove, sameSign, strainOf } from './verdict.js';

it('an agreement fails on either side at more than 4.5 errors, those of the prediction included', () => {
  const check = (value: number, se: number, predictedError = 0) =>
    agreement('D', { value, se }, 1, { predictedError, tolerance: 0.1 });
  expect(check(1.089, 0.02)).toMatchObject({ passed: true, measured: 1.089, predicted: 1, error: 0.02 });
  expect(check(1.089, 0.02).z).toBeCloseTo(4.45, 10);
  expect(check(1.091, 0.02).passed).toBe(false);
  expect(check(0.909, 0.02).passed).toBe(false);
  expect(check(1.091, 0.02, 0.015)).toMatchObject({ passed: true, error: 0.025 });
});

it('an agreement of what is pooled fails at more than 4 errors', () => {
  const passes = (value: number) => agreement('D', { value, se: 0.02 }, 1, { tolerance: 0.1, pooled: true }).passed;
  expect([1.079, 1.081, 0.921, 0.919].map(passes)).toEqual([true, false, true, false]);
});

it('an agreement fails where the error exceeds a third of the tolerance', () => {
  const within = (value: number, se: number) => agreement('D', { value, se }, 1, { tolerance: 0.1 }).passed;
  expect(within(1.09, 0.033)).toBe(true);
  expect(within(1.09, 0.034)).toBe(false);
  expect(within(NaN, 0.01)).toBe(false);
});

it('a mean square fails above what is expected, and never below', () => {
  const passes = (z: number) => notAbove('z²', { value: 1, expected: 1, error: 0.3, z }).passed;
  expect([-9, 3.9, 4.1, NaN].map(passes)).toEqual([true, true, false, false]);
});

it('a sign needs 4 errors on the side of the prediction', () => {
  expect(sameSign('slope', { value: -4.1, se: 1 }, -2).passed).toBe(true);
  expect(sameSign('slope', { value: -3.9, se: 1 }, -2).passed).toBe(false);
  expect(sameSign('slope', { value: 4.1, se: 1 }, -2)).toMatchObject({ passed: false, z: 4.1 });
});

it('a bound needs 4 errors below it, and takes what is zero to rounding', () => {
  expect(below('D', { value: 0.5, se: 0.12 }, 1)).toMatchObject({ passed: true, predicted: 1, measured: 0.5 });
  expect(below('D', { value: 0.5, se: 0.13 }, 1).passed).toBe(false);
  expect(below('D', { value: 1.5, se: 0.1 }, 1).passed).toBe(false);
  expect(below('D', { value: NaN, se: 0.1 }, 1).passed).toBe(false);
  const zero = below('D', { value: 0, se: 0 }, 1);
  expect(zero.passed && Number.isFinite(zero.z)).toBe(true);
});

it('the strain of a check is 1 where it just fails', () => {
  const strain = (value: number) => [
    strainOf(agreement('D', { value, se: 1 }, 0, { tolerance: 9 })),
    strainOf(agreement('D', { value, se: 1 }, 0, { tolerance: 9, pooled: true })),
    strainOf(sameSign('D', { value, se: 1 }, 1)),
    strainOf(below('D', { value: 1 - value, se: 1 }, 1)),
    strainOf(notAbove('z²', { value: 1, expected: 1, error: 0.3, z: value })),
  ];
  expect(strain(4)).toEqual([4 / 4.5, 1, 1, 1, 1]);
  expect(strain(2)).toEqual([2 / 4.5, 0.5, 2, 2, 0.5]);
  expect(strain(-2)[4]).toBe(0);
});
