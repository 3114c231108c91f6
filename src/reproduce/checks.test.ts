import { describe, expect, it } from 'vitest';
import { exponentCheck, limitChecks } from './checks.js';

describe('checks', () => {
  const limit = {
    limit: { value: 0.97, se: 0.025 },
    method: 'straightLine',
    slope: { value: 5, se: 1 },
    chiSquare: 0,
    statisticalError: 0.015,
    curvature: -0.02,
    weights: [],
  } as const;
  const probe = {
    squaredNorm: null,
    fluctuation: null,
    diffusion: limit,
    relativeDiffusion: null,
    halfLife: null,
    directedSpeed: null,
  };

  it('limitChecks compares with the error of the limit, and skips quantities without one', () => {
    const group = { parameters: {}, learningRates: [1, 2, 4], probes: [probe] };
    const [only, ...others] = limitChecks(group, 'γ = 1', {
      rates: ['fluctuation', 'diffusion'],
      chosen: [0],
      name: () => 'x',
    });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ quantity: 'D of x, γ = 1: simulation / theory, η → 0', passed: true });
    expect(only.error).toBe(0.025);
  });

  it('exponentCheck fails if a value is not above 0', () => {
    const points = [1, 2, 3, 4].map((x) => ({ x, y: { value: x === 2 ? -1 : x, se: 0.1 } }));
    expect(exponentCheck('D', points, 1, 1)).toMatchObject({ passed: false });
  });
});
