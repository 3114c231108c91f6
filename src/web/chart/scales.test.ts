import { describe, expect, it } from 'vitest';
import { domainsOf, nameInterval, scaleOf } from './scales.js';

describe('scaleOf', () => {
  it('maps the ends of a domain to the ends in pixels, and the middle to the middle', () => {
    const linear = scaleOf('linear', [1, 3], [100, 0]);
    expect([1, 2, 3].map(linear)).toEqual([100, 50, 0]);
    const log = scaleOf('log', [1, 100], [0, 10]);
    expect([1, 10, 100].map(log)).toEqual([0, expect.closeTo(5, 12), 10]);
  });

  it('has no place for zero or less on a logarithmic axis', () => {
    const log = scaleOf('log', [1, 100], [0, 10]);
    expect([0, -1].map(log).some(Number.isFinite)).toBe(false);
  });
});

describe('domainsOf', () => {
  const axis = { label: '', scale: 'log' } as const;
  const line = (points: [number, number][]) => ({ label: '', series: 0, points });

  it('contains all data that a logarithmic axis can show', () => {
    const points = [{ label: '', series: 0, points: [[20, { value: 0.5, se: 0.1 }] as const] }];
    const [[left, right], [low, high]] = domainsOf({
      x: axis,
      y: axis,
      lines: [
        line([
          [2, 7],
          [-3, 0],
        ]),
      ],
      points,
    });
    expect(left).toBeLessThanOrEqual(2);
    expect(right).toBeGreaterThanOrEqual(20);
    expect(low).toBeLessThanOrEqual(0.5);
    expect(high).toBeGreaterThanOrEqual(7);
    expect(Math.min(left, low)).toBeGreaterThan(0);
  });

  it('fits y to the data within a given domain of x', () => {
    const x = { ...axis, domain: [1, 10] } as const;
    const [domain, [, high]] = domainsOf({
      x,
      y: axis,
      lines: [
        line([
          [2, 5],
          [20, 5000],
        ]),
      ],
      points: [],
    });
    expect(domain).toEqual([1, 10]);
    expect(high).toBeLessThan(5000);
  });

  it('has a domain without data', () => {
    expect(domainsOf({ x: axis, y: { ...axis, scale: 'linear' }, lines: [], points: [] })).toEqual([
      [1, 100],
      [0, 1],
    ]);
  });
});

describe('nameInterval', () => {
  const names = Array.from({ length: 60 }, (_, k) => `${k + 1}`);

  it('is 1 where all names have room', () => {
    expect(nameInterval(names, 50, 12)).toBe(1);
  });

  it('grows as 1, 2, 5, 10 as the distance shrinks', () => {
    expect([30, 20, 10, 2.5].map((distance) => nameInterval(names, distance, 12))).toEqual([1, 2, 5, 10]);
  });
});
