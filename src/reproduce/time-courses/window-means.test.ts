import { expect, it } from 'vitest';
import { relativeChange } from './window-means.js';

it('relativeChange compares the last window with the first ones, weighted by their length', () => {
  const means = [9, 2, 4, 3].map((value, i) => ({ value, se: i === 2 ? 0.2 : 0.1 }));
  // (3 x 2 + 1 x 4) / 4 = 2.5, with the error hypot(3 x 0.1, 1 x 0.2) / 4.
  const change = relativeChange({ steps: [0, 3, 4, 9], means }, 2);
  expect(change.value).toBeCloseTo(3 / 2.5 - 1, 12);
  expect(change.se).toBeCloseTo(Math.hypot(0.1, Math.hypot(0.3, 0.2) / 4) / 2.5, 12);
});
