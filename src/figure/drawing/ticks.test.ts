import { describe, expect, it } from 'vitest';
import type { Axis } from './axis.js';
import { ticksOf } from './ticks.js';

const labels = (scale: Axis['scale'], low: number, high: number, space = 300): string[] => {
  const { labelled, format } = ticksOf(scale, [low, high], space, 12, 'x');
  return labelled.map(format);
};

describe('ticks', () => {
  it.each([
    ['log', 0.0018, 0.022, ['0.002', '0.005', '0.01', '0.02']],
    ['log', 1.5e-11, 5e-8, ['10⁻¹⁰', '10⁻⁹', '10⁻⁸']],
    ['log', 0.9, 1.1e6, ['10⁰', '10²', '10⁴', '10⁶']],
    ['log', 0.05, 20, ['0.1', '1', '10']],
    ['log', 2e-9, 3e-8, ['2×10⁻⁹', '5×10⁻⁹', '10⁻⁸', '2×10⁻⁸']],
    ['log', 0.0092, 0.0435, ['0.01', '0.02', '0.03', '0.04']],
    ['log', 1.1, 1.9, ['1.2', '1.4', '1.6', '1.8']],
    ['linear', -0.2, 1.1, ['0', '0.5', '1.0']],
    ['linear', 0.9, 1.45, ['1.0', '1.2', '1.4']],
    ['linear', -2e-9, 4e-9, ['−2×10⁻⁹', '0', '2×10⁻⁹', '4×10⁻⁹']],
  ] as const)('of a %s axis from %f to %f are %j', (scale, low, high, expected) => {
    expect(labels(scale, low, high)).toEqual(expected);
  });

  it('are 2 to 5 on axes from 1e-12 to 1e20', () => {
    for (const scale of ['log', 'linear'] as const) {
      for (let low = 1e-12; low < 1e6; low *= 7.3) {
        for (let ratio = 1.02; ratio < 1e14; ratio *= 1.7) {
          const { length } = labels(scale, low, low * ratio);
          expect(length, `${scale} ${low} ${ratio}`).toBeGreaterThanOrEqual(2);
          expect(length, `${scale} ${low} ${ratio}`).toBeLessThanOrEqual(5);
        }
      }
    }
  });
});
