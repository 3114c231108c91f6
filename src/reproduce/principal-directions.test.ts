import { expect, it } from 'vitest';
import { inPrincipalDirections } from './principal-directions.js';

it('inPrincipalDirections keeps lengths and angles of three units', () => {
  const hidden = [
    [
      [1, 2, 2],
      [0, 1, 0],
    ],
    [
      [3, 0, 0],
      [0, 0, -1],
    ],
  ];
  const trajectories = inPrincipalDirections({ steps: [0, 1], hidden }, ['a', 'b']);
  const inner = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  expect(trajectories.map(({ name }) => name)).toEqual(['a', 'b']);
  for (const time of [0, 1]) {
    for (const [j, k] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ]) {
      const expected = inner(hidden[time][j], hidden[time][k]);
      expect(inner(trajectories[j].points[time], trajectories[k].points[time])).toBeCloseTo(expected, 12);
    }
  }
});
