import { expect, it } from 'vitest';
import { agreement, below, isOneSided, sameSign } from './verdict.js';

it('an agreement fails on either side at more than 4 errors, those of the prediction included', () => {
  const check = (value: number, se: number, predictedError = 0) =>
    agreement('D', { value, se }, 1, { predictedError, tolerance: 0.1 });
  expect(check(1.079, 0.02)).toMatchObject({ passed: true, measured: 1.079, predicted: 1, error: 0.02 });
  expect(check(1.079, 0.02).z).toBeCloseTo(3.95, 10);
  expect(check(1.081, 0.02).passed).toBe(false);
  expect(check(0.919, 0.02).passed).toBe(false);
  expect(check(1.081, 0.02, 0.015)).toMatchObject({ passed: true, error: 0.025 });
});

it('an agreement fails outside its tolerance, and where the error exceeds a third of it', () => {
  const within = (value: number, se: number) => agreement('D', { value, se }, 1, { tolerance: 0.1 }).passed;
  expect(within(1.09, 0.033)).toBe(true);
  expect(within(1.09, 0.034)).toBe(false);
  expect(within(1.11, 0.033)).toBe(false);
  expect(within(NaN, 0.01)).toBe(false);
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

it('signs and bounds are passed far from a number, agreements near it', () => {
  const estimate = { value: 1, se: 0.1 };
  expect([sameSign('D', estimate, 1), below('D', estimate, 2)].map(isOneSided)).toEqual([true, true]);
  expect(isOneSided(agreement('D', estimate, 1, { tolerance: 1 }))).toBe(false);
});
