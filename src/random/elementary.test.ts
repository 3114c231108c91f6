import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cubeRoot, exp, log } from './elementary.js';

/** Distance in units of the last place of y. */
function unitsBetween(x: number, y: number): number {
  const [a, b] = new BigInt64Array(Float64Array.of(x, y).buffer);
  return Math.abs(Number(a - b));
}

// The engine's own functions are within a unit of the truth themselves.
const UNITS = 3;

describe('exp and log', () => {
  it('are accurate to the last places', () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 708, noNaN: true }), (x) => {
        expect(unitsBetween(exp(x), Math.exp(x))).toBeLessThanOrEqual(UNITS);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expect(unitsBetween(log(x), Math.log(x))).toBeLessThanOrEqual(UNITS);
      }),
    );
  });

  it('are accurate where random numbers use them: exponents from -7 to 0, logarithms of (0, 1]', () => {
    for (let k = 0; k < 20_000; k++) {
      const u = (k + 0.618) / 20_000;
      expect(unitsBetween(exp(-7 * u), Math.exp(-7 * u))).toBeLessThanOrEqual(UNITS);
      expect(unitsBetween(log(u), Math.log(u))).toBeLessThanOrEqual(UNITS);
      expect(unitsBetween(log(1 - u * u * u), Math.log(1 - u * u * u))).toBeLessThanOrEqual(UNITS);
    }
    expect([exp(0), log(1), exp(-709), exp(-1e300)]).toEqual([1, 0, 0, 0]);
  });

  it('have the same bits in every engine', () => {
    expect([exp(-0.19857), exp(-3.3), exp(-6.67)]).toEqual([
      0.8199023755653077, 0.03688316740124001, 0.0012683987510072388,
    ]);
    expect([log(0.6637), log(0.04), log(3e-10)]).toEqual([
      -0.4099250388302578, -3.2188758248682006, -21.927238641272346,
    ]);
  });
});

it('has cube roots to 2 units in the last place', () => {
  expect([0, NaN, 1, -8].map(cubeRoot)).toEqual([0, NaN, 1, -2]);
  for (let k = 1; k < 2000; k++) {
    const x = (k % 2 === 0 ? 1 : -1) * 1.013 ** (k - 1000);
    expect(Math.abs(cubeRoot(x) / Math.cbrt(x) - 1)).toBeLessThan(2 * Number.EPSILON);
  }
});
