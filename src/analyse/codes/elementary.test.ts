import { describe, expect, it } from 'vitest';
import { arcCosine, cubeRoot } from './elementary.js';

describe('functions with the same bits in every engine', () => {
  it('have cube roots to 2 units in the last place', () => {
    expect(cubeRoot(0)).toBe(0);
    for (let k = 1; k < 2000; k++) {
      const x = (k % 2 === 0 ? 1 : -1) * 1.013 ** (k - 1000);
      expect(Math.abs(cubeRoot(x) / Math.cbrt(x) - 1)).toBeLessThan(2 * Number.EPSILON);
    }
  });

  it('have arc cosines to 1e-15, ends included', () => {
    expect([1, -1].map(arcCosine)).toEqual([0, Math.PI]);
    for (let k = -1000; k <= 1000; k++) {
      expect(Math.abs(arcCosine(k / 1000) - Math.acos(k / 1000))).toBeLessThan(1e-15);
    }
  });
});
