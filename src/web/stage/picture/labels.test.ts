import { describe, expect, it } from 'vitest';
import { sidesOf } from './labels.js';

const room = { width: 400, above: 6, height: 14 };
const body = (x: number, y: number, rank = 0) => ({ x, y, size: 6, label: 40, rank });

describe('names of codes', () => {
  it('stand outwards, but not beyond the picture', () => {
    expect(sidesOf([body(100, 50), body(300, 50), body(20, 100), body(390, 100)], room)).toEqual([-1, 1, 1, -1]);
  });

  it('give way to those of a higher rank: to the other side, and then they are left out', () => {
    expect(sidesOf([body(100, 50, 1), body(100, 52, 2), body(100, 54, 3)], room)).toEqual([null, 1, -1]);
    expect(sidesOf([body(100, 50, Infinity), body(100, 52, 2), body(100, 80)], room)).toEqual([-1, 1, -1]);
  });
});
