import { expect, it } from 'vitest';
import { arcCosine } from './elementary.js';

it('gives arc cosines to 1e-15, ends included', () => {
  expect([1, -1].map(arcCosine)).toEqual([0, Math.PI]);
  for (let k = -1000; k <= 1000; k++) {
    expect(Math.abs(arcCosine(k / 1000) - Math.acos(k / 1000))).toBeLessThan(1e-15);
  }
});
