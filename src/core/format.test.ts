import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatCounted,
  formatEstimate,
  formatExact,
  formatLike,
  formatNumber,
  formatSteps,
} from './format.js';

describe('formatNumber', () => {
  test.each([
    [0, '0', '0'],
    [1.23456, '1.235', '1.235'],
    [-0.00123456, '-0.001235', '−0.001235'],
    [5.8e-7, '5.8e-7', '5.8×10⁻⁷'],
    [1e-9, '1e-9', '10⁻⁹'],
    [-2.5e12, '-2.5e12', '−2.5×10¹²'],
    [99_999, '1e5', '10⁵'],
    [0.0001235, '1.235e-4', '1.235×10⁻⁴'],
    [Infinity, 'Infinity', 'Infinity'],
    [123456, '1.235e5', '1.235×10⁵'],
  ])('writes %d as %s in files and as %s on pages', (value, plain, typeset) => {
    expect(formatNumber(value)).toBe(plain);
    expect(formatNumber(value, 4, 'typeset')).toBe(typeset);
  });
});

describe('formatEstimate', () => {
  test.each([
    [10.79407, 0.00076, '10.79407 ± 0.00076', '10.79407 ± 0.00076'],
    [4.324e-10, 3e-12, '(4.324 ± 0.030)e-10', '(4.324 ± 0.030)×10⁻¹⁰'],
    [-1.6e-5, 4.3e-6, '(-1.60 ± 0.43)e-5', '(−1.60 ± 0.43)×10⁻⁵'],
    [0.0000001, 2, '0.0 ± 2.0', '0.0 ± 2.0'],
    [1234567, 2300, '(1.2346 ± 0.0023)e6', '(1.2346 ± 0.0023)×10⁶'],
    [120, 45, '120 ± 45', '120 ± 45'],
    [3.14159, 0, '3.142', '3.142'],
    [3.14159, NaN, '3.142', '3.142'],
    [NaN, 1, 'NaN', 'NaN'],
  ])('writes %d with the error %d as %s', (value, se, plain, typeset) => {
    expect(formatEstimate({ value, se })).toBe(plain);
    expect(formatEstimate({ value, se }, 'typeset')).toBe(typeset);
  });
});

test.each([
  [12345, '12345', '12345'],
  [9007199254740991, '9007199254740991', '9007199254740991'],
  [0.0123456789, '0.0123456789', '0.0123456789'],
  [1.5e-7, '1.5e-7', '1.5×10⁻⁷'],
  [-3, '-3', '−3'],
])('formatExact keeps every digit of %d', (value, plain, typeset) => {
  expect(formatExact(value)).toBe(plain);
  expect(formatExact(value, 'typeset')).toBe(typeset);
});

test('formatLike gives a prediction the digits of its measurement', () => {
  expect(formatLike(0.113992123, 0.000032)).toBe('0.113992');
  expect(formatLike(4.32412e-10, 3e-12)).toBe('4.324e-10');
  expect(formatLike(2, 0)).toBe('2');
});

test('formatCount separates thousands', () => {
  expect(formatCount(1234567.2)).toBe('1,234,567');
  expect(formatCount(1234567, 'typeset')).toBe('1\u202f234\u202f567');
});

test.each([
  [0, '0'],
  [9600, '9600'],
  [99999, '99999'],
  [123456, '1.235e5'],
  [1e6, '1e6'],
  [30464321, '3.046e7'],
])('formatSteps writes %d replica-steps as %s', (steps, text) => {
  expect(formatSteps(steps)).toBe(text);
});

test('formatCounted agrees in number', () => {
  expect(formatCounted(1, 'learned mode')).toBe('1 learned mode');
  expect(formatCounted(0, 'learned mode')).toBe('0 learned modes');
  expect(formatCounted(1200, 'stimulus', 'stimuli', 'typeset')).toBe('1\u202f200 stimuli');
});
