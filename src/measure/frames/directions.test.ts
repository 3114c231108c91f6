import { describe, expect, it } from 'vitest';
import { fromRows } from '#linalg';
import { componentAlong, directionCount, directionRows, type Directions } from './directions.js';

describe('directions', () => {
  const planes = Int32Array.of(2, 0);
  const asMatrix = fromRows([
    [0, 1],
    [0, 0],
    [1, 0],
  ]);

  it.each<[string, Directions]>([
    ['planes by number', planes],
    ['columns of a matrix', asMatrix],
  ])('%s', (_, directions) => {
    const omega = Float64Array.of(0.1, -0.2, 0.3);
    expect(directionCount(directions)).toBe(2);
    const along = Float64Array.of(9, 9);
    directionRows(directions).timesTransposed(along, omega, 1, 3);
    expect(along).toEqual(Float64Array.of(0.3, 0.1));
    expect([0, 1].map((d) => componentAlong(directions, d)(omega))).toEqual([0.3, 0.1]);
  });
});
