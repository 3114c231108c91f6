import { describe, expect, it } from 'vitest';
import { endLabels, spread } from './end-labels.js';
import { scaleOf } from './scales.js';

describe('spread', () => {
  it('leaves places that are apart, and moves others by as little as possible', () => {
    expect(spread([50, 10, 30], 10, 0, 100)).toEqual([50, 10, 30]);
    expect(spread([50, 50, 52], 10, 0, 100)).toEqual([50 + 2 / 3 - 10, 50 + 2 / 3, 50 + 2 / 3 + 10]);
  });

  it('stays within its bounds, and has no answer without room', () => {
    expect(spread([99, 100, 1], 10, 0, 100)).toEqual([90, 100, 1]);
    expect(spread([-5, 0], 10, 0, 100)).toEqual([0, 10]);
    expect(spread([1, 2, 3], 10, 0, 19)).toBeNull();
  });
});

describe('names at the ends of lines', () => {
  const frame = { left: 0, right: 100, top: 0, bottom: 100 };
  const place = {
    toX: scaleOf('linear', [0, 1], [0, 100]),
    toY: scaleOf('linear', [0, 1], [100, 0]),
    xDomain: [0, 1],
    frame,
  } as const;
  const line = (name: string, series: number, ...values: number[]) => ({
    label: name,
    name,
    series,
    points: values.map((v, k): [number, number] => [k / 4, v]),
  });

  it('stand where the lines end within the axis', () => {
    const labels = endLabels([line('a', 0, 0, 0, 0, 0, 0.2, 0.9), line('b', 1, 1, 1, 1, 0.8)], place, 10);
    expect(labels).toEqual([
      { name: 'a', series: 0, x: 100, y: expect.closeTo(80, 9) as number, labelY: expect.closeTo(80, 9) as number },
      { name: 'b', series: 1, x: 75, y: expect.closeTo(20, 9) as number, labelY: expect.closeTo(20, 9) as number },
    ]);
  });

  it.each([
    ['end together', ['a', 'b', 'c', 'd', 'e'].map((name, k) => line(name, k, 0, 0, 0, 0, 0.5))],
    ['end early', [line('a', 0, 0, 0, 0, 0, 1), line('b', 1, 0.5, 0.5)]],
    ['end outside', [line('a', 0, 0, 0, 0, 0, 1), line('b', 1, 0.5, 0.5, 0.5, 0.5, -1)]],
    ['have no end', [line('a', 0, 0, 0, 0, 0, 1), line('b', 1, NaN)]],
  ])('are none where lines %s', (_, lines) => {
    expect(endLabels(lines, place, 10)).toBeNull();
  });
});
