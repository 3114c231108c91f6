import { describe, expect, it } from 'vitest';
import { BroydenSteps } from './index.js';

/** Steps from x until |f(x)| is below 1e-13. */
function solve(f: (x: Float64Array) => Float64Array, x: Float64Array, steps = new BroydenSteps(x.length)): number {
  for (let count = 0; count < 200; count++) {
    const residual = f(x);
    const size = Math.hypot(...residual);
    if (!(size > 1e-13)) return count;
    const step = steps.next(residual, size);
    for (let i = 0; i < x.length; i++) x[i] += step[i];
  }
  return Infinity;
}

describe('Broyden steps', () => {
  const coupled = (strength: number) => (x: Float64Array) =>
    x.map((value, i) => 1 + i - value - strength * (x[(i + 1) % 3] + Math.sin(2 * value)));

  it('reach a zero in far fewer steps than x + f(x) where that converges slowly', () => {
    const x = new Float64Array(3);
    const steps = solve(coupled(0.3), x);
    expect(steps).toBeLessThan(20);
    expect(Math.hypot(...coupled(0.3)(x))).toBeLessThan(1e-13);
    let plain = 0;
    for (const y = new Float64Array(3); Math.hypot(...coupled(0.3)(y)) > 1e-13 && plain < 200; plain++) {
      coupled(0.3)(y).forEach((value, i) => (y[i] += value));
    }
    expect(plain).toBeGreaterThan(3 * steps);
  });

  it('begin anew for another zero', () => {
    const steps = new BroydenSteps(3);
    const first = Float64Array.of(1, 2, 3);
    solve(coupled(0.1), first, steps);
    steps.restart();
    const [again, fresh] = [new Float64Array(3), new Float64Array(3)];
    expect(solve(coupled(-0.2), again, steps)).toBe(solve(coupled(-0.2), fresh));
    expect(again).toEqual(fresh);
  });

  it('reach a zero from afar, where derivatives are nothing like the first guess', () => {
    const x = Float64Array.of(9);
    const f = (at: Float64Array): Float64Array => at.map((value) => 1 - value + 0.32 * Math.sin(3 * value));
    expect(solve(f, x)).toBeLessThan(60);
    expect(Math.abs(f(x)[0])).toBeLessThan(1e-13);
  });
});
