import { describe, expect, it } from 'vitest';
import { add, diagonal, identity, maxAbs, multiply, symmetricEigen, transpose, zeros, type Matrix } from '../index.js';
import { largeSymmetricEigen } from './symmetric-eigen.js';

/** Symmetric, with rows that are zero, as pixels that are always black have, or repeated. */
function sample(n: number, isEmpty: (i: number) => boolean): Matrix {
  const a = zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = isEmpty(i) || isEmpty(j) ? 0 : Math.sin(1 + 3.1 * i + 0.7 * i * j + 5.3 * j);
      a.data[i * n + j] = a.data[j * n + i] = value;
    }
  }
  return a;
}

describe('eigenvalues and eigenvectors of large symmetric matrices', () => {
  it.each([
    [1, () => false],
    [2, () => false],
    [49, () => false],
    [67, () => false],
    [98, () => false],
    [130, (i: number) => i % 5 < 2],
    [40, () => true],
  ])('%d rows: are those of the small method, and make the matrix again', (n, isEmpty) => {
    const a = sample(n, isEmpty);
    const { values, vectors } = largeSymmetricEigen(a);
    const small = symmetricEigen(a);
    const scale = Math.max(maxAbs(a), 1) * n;
    values.forEach((value, i) => {
      expect(Math.abs(value - small.values[i])).toBeLessThan(1e-14 * scale);
    });
    const again = multiply(vectors, diagonal(values), transpose(vectors));
    expect(maxAbs(add(again, a, -1))).toBeLessThan(1e-14 * scale);
    expect(maxAbs(add(multiply(transpose(vectors), vectors), identity(n), -1))).toBeLessThan(1e-14 * n);
  });

  it('refuse what is not finite', () => {
    expect(() => largeSymmetricEigen(diagonal([1, NaN, 2]))).toThrow(/do not converge/);
  });
});
