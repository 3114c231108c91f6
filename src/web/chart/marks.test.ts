import { expect, it } from 'vitest';
import { areasBetween } from './marks.js';

it('areas between two lines end at gaps, and need two points', () => {
  expect(
    areasBetween([
      [0, 5, 7],
      [10, 4, 9],
      [NaN, 1, 2],
      [20, 3, 3],
      [30, NaN, 3],
      [40, 1, 2],
      [50, 1, 3],
    ]),
  ).toBe('M0,7L10,9L10,4L0,5zM40,2L50,3L50,1L40,1z');
});
