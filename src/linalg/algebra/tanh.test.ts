import { expect, it } from 'vitest';
import { tanh } from './tanh.js';

it('tanh is that of the engine to 1e-15 of itself, odd, and 1 beyond its limit', () => {
  for (let i = 1; i <= 40_000; i++) {
    const x = (i / 2000) * (1 + 1e-7 * Math.sin(i));
    expect(Math.abs(tanh(x) / Math.tanh(x) - 1)).toBeLessThan(1e-15);
    expect(tanh(-x)).toBe(-tanh(x));
  }
  for (const x of [1e-300, 1e-9]) expect(Math.abs(tanh(x) / x - 1)).toBeLessThan(1e-15);
  expect([19.9, 20, 1e300, Infinity].map(tanh)).toEqual([1, 1, 1, 1]);
  expect([0, -0].map(tanh)).toEqual([0, 0]);
  expect(tanh(NaN)).toBeNaN();
});

it('tanh has the bits that it had', () => {
  const bits = [0.1, 0.5, 1, 2.5, 7].map((x) => new BigUint64Array(Float64Array.of(tanh(x)).buffer)[0].toString(16));
  expect(bits).toMatchInlineSnapshot(`
    [
      "3fb983d7795f413b",
      "3fdd9353d7568af3",
      "3fe85efab514f394",
      "3fef9258260a71c2",
      "3feffffc832750f2",
    ]
  `);
});
