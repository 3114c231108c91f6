import { describe, expect, it } from 'vitest';
import { exponentCheck, limitChecks } from './checks.js';

describe('checks', () => {
  const limit = { limit: { value: 0.97, se: 0.01 }, slope: { value: 5, se: 1 }, chiSquare: 0, curvature: -0.02 };
  const probe = {
    squaredNorm: null,
    fluctuation: null,
    diffusion: limit,
    relativeDiffusion: null,
    halfLife: null,
    directedSpeed: null,
  };

  it('limitChecks counts the curvature in eta as uncertainty, and skips quantities without a limit', () => {
    const group = { parameters: {}, learningRates: [1, 2, 4], probes: [probe] };
    const [only, ...others] = limitChecks(group, 'γ = 1', {
      rates: ['fluctuation', 'diffusion'],
      chosen: [0],
      name: () => 'x',
    });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ quantity: 'D of x, γ = 1: simulation / theory, η → 0', passed: true });
    expect(only.error).toBeCloseTo(Math.hypot(0.01, 0.02), 12);
  });

  it('exponentCheck fails if a value is not above 0', () => {
    const points = [1, 2, 3, 4].map((x) => ({ x, y: { value: x === 2 ? -1 : x, se: 0.1 } }));
    expect(exponentCheck('D', points, 1, 1)).toMatchObject({ passed: false });
  });
});
