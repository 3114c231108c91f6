import { describe, expect, it } from 'vitest';
import { nearestIndex, readingsAt, stopsOf } from './readings.js';
import type { ChartData } from '../scales.js';

const data: ChartData = {
  x: { label: 'steps', scale: 'log', kind: 'steps' },
  y: { label: '', scale: 'linear' },
  lines: [
    {
      label: 'a',
      name: 'probe 1',
      series: 0,
      probe: 0,
      points: [
        [1, 5],
        [10, 4],
        [100, NaN],
      ],
      standardErrors: [0, 0.3, 0],
    },
    { label: 'pinned a', series: 0, pinned: true, points: [[7, 1]] },
  ],
  points: [
    {
      label: 'b',
      series: 0,
      points: [
        [10 * (1 + 1e-12), { value: 5, se: 0.4 }],
        [200, { value: 1, se: 0.1 }],
      ],
    },
    { label: 'c', series: 3, points: [[10, { value: 2, se: 0 }]] },
  ],
};

describe('the places that can be read', () => {
  it('are those of theory and simulation on the axis, each once, and none of what is pinned', () => {
    expect(stopsOf(data, [1, 100])).toEqual([1, 10, 100]);
  });

  it('are all names where the axis has names', () => {
    expect(stopsOf({ ...data, x: { ...data.x, names: ['a', 'b'] } }, [-1, 2])).toEqual([0, 1]);
  });
});

describe('a reading', () => {
  it('has theory, simulation, and their difference in standard errors of both', () => {
    const [first, second] = readingsAt(data, 10);
    expect(first).toMatchObject({ series: 0, name: 'probe 1', probe: 0, theory: 4 });
    expect(first.simulation).toEqual({ value: 5, se: 0.4 });
    expect(first.z).toBeCloseTo(1 / 0.5, 12);
    expect(second).toMatchObject({ series: 3, theory: null, z: null });
  });

  it('has what there is, and nothing where there is nothing', () => {
    expect(readingsAt(data, 200)).toMatchObject([{ theory: null, simulation: { value: 1 }, z: null }]);
    expect(readingsAt(data, 100)).toEqual([]);
  });
});

it('the nearest of some values is the first of those that are nearest', () => {
  expect([nearestIndex([1, 3, 5], 4), nearestIndex([1, 3, 5], 9), nearestIndex([], 1)]).toEqual([1, 2, -1]);
});
