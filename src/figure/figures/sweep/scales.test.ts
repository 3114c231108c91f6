import { expect, it } from 'vitest';
import { sweepGrid } from './scales.js';

it('the grid of a sweep has the swept values, and others at equal distances or, on a logarithmic axis, factors', () => {
  const grid = sweepGrid([0.1, 0.001, 0.02]);
  expect(grid).toEqual([...grid].sort((a, b) => a - b));
  for (const value of [0.001, 0.02, 0.1]) expect(grid).toContain(value);
  const factors = grid.slice(1, 30).map((value, k) => value / grid[k]);
  for (const factor of factors) expect(factor).toBeCloseTo(100 ** (1 / 99), 10);
  const linear = sweepGrid([0, 0.3]);
  for (const [k, value] of linear.entries()) expect(value).toBeCloseTo((0.3 * k) / 99, 12);
});
