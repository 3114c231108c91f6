import { describe, expect, it } from 'vitest';
import {
  add,
  diagonal,
  exponential,
  ExponentialProduct,
  exponentialMinusIdentity,
  fromData,
  maxAbs,
  multiply,
  qr,
  transpose,
} from './index.js';

const { q: frame } = qr(
  fromData(
    4,
    4,
    Float64Array.from({ length: 16 }, (_, i) => Math.sin(i * i + 1)),
  ),
);

describe('exponential', () => {
  it.each([[[-1e-12, -2e-12, -3e-13, 0]], [[-0.1, 0.2, -3, 1]], [[-1e4, -30, -1, -1e-7]]])(
    'has the eigenvalues exp(%j)',
    (values) => {
      const within = (d: number[]) => multiply(frame, diagonal(d), transpose(frame));
      const found = exponentialMinusIdentity(within(values));
      const expected = within(values.map(Math.expm1));
      expect(maxAbs(add(found, expected, -1))).toBeLessThan(1e-12 * maxAbs(expected));
    },
  );

  it('underflows to 0 for immense decay, and throws for entries that are not finite', () => {
    expect(maxAbs(exponential(diagonal([-1e300, -1e200])))).toBe(0);
    expect(() => exponential(diagonal([NaN, 0]))).toThrow('not finite');
    expect(() => exponential(diagonal([-1.7e308, 0]))).toThrow('not finite');
  });

  it('is a finite series for a nilpotent matrix', () => {
    const shift = fromData(3, 3, Float64Array.of(0, 2, 0, 0, 0, 3, 0, 0, 0));
    const expected = fromData(3, 3, Float64Array.of(1, 2, 3, 0, 1, 3, 0, 0, 1));
    expect(maxAbs(add(exponential(shift), expected, -1))).toBeLessThan(1e-14);
  });
});

it.each([0, 1e-9, 0.01, 3, 40])('multiplies in place by the exponential of a matrix of size %f', (size) => {
  const a = fromData(
    4,
    4,
    Float64Array.from({ length: 16 }, (_, i) => size * Math.cos(i * i)),
  );
  const product = { ...frame, data: frame.data.slice() };
  new ExponentialProduct(4).apply(product.data, a.data);
  const expected = multiply(exponential(a), frame);
  expect(maxAbs(add(product, expected, -1))).toBeLessThan(1e-13 * maxAbs(expected));
  expect(() => {
    new ExponentialProduct(1).apply(Float64Array.of(1), Float64Array.of(Infinity));
  }).toThrow('not finite');
});
