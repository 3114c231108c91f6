import { describe, expect, it } from 'vitest';
import type { Axis } from './axis.js';
import { axisTicks, ticksOf } from './ticks.js';

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
    // Two powers of ten only; no round number at all.
    ['log', 2, 300, ['3', '10', '30', '100', '300']],
    ['log', 1.01, 1.03, ['1.01', '1.015', '1.02', '1.025', '1.03']],
    ['linear', 1.9, 14.1, ['3', '6', '9', '12']],
    ['linear', -0.2, 1.1, ['0', '0.5', '1.0']],
    ['linear', 0.9, 1.45, ['1.0', '1.2', '1.4']],
    ['linear', -2e-9, 4e-9, ['−2×10⁻⁹', '0', '2×10⁻⁹', '4×10⁻⁹']],
  ] as const)('of a %s axis from %f to %f are %j', (scale, low, high, expected) => {
    expect(labels(scale, low, high)).toEqual(expected);
  });

  it.each([
    [300, 'x'],
    [180, 'y'],
  ] as const)('are 3 to 5 on axes of %d px (%s) from 1e-12 to 1e20', (space, direction) => {
    for (const scale of ['log', 'linear'] as const) {
      for (let low = 1e-12; low < 1e6; low *= 7.3) {
        for (let ratio = 1.02; ratio < 1e14; ratio *= 1.7) {
          const { labelled, format } = ticksOf(scale, [low, low * ratio], space, 12, direction);
          const where = `${scale} ${low} ${ratio}: ${labelled.join(' ')}`;
          expect(labelled.length, where).toBeGreaterThanOrEqual(3);
          expect(labelled.length, where).toBeLessThanOrEqual(5);
          // Each within the axis, and told apart by its label.
          expect(new Set(labelled.map(format)).size, where).toBe(labelled.length);
          const place = scale === 'log' ? Math.log : Number;
          const slack = 1e-8 * (place(low * ratio) - place(low));
          const isInside = (value: number): boolean =>
            place(value) >= place(low) - slack && place(value) <= place(low * ratio) + slack;
          expect(
            labelled.filter((value) => !isInside(value)),
            where,
          ).toEqual([]);
        }
      }
    }
  });
});

describe('the ticks of an axis with values of its own', () => {
  const labelsOf = (values: readonly number[], domain: readonly [number, number]): string[] => {
    const { labelled, format } = axisTicks({ label: '', scale: 'log', values }, domain, 300, 12, 'x');
    return labelled.map(format);
  };

  it('are at these values, and at round numbers where they are two only', () => {
    expect(labelsOf([0.01, 0.02, 0.05], [0.009, 0.055])).toEqual(['0.01', '0.02', '0.05']);
    expect(labelsOf([0.01, 0.05], [0.009, 0.055])).toEqual(['0.01', '0.02', '0.03', '0.04', '0.05']);
    expect(labelsOf([0.01, 0.012], [0.0099, 0.0121]).length).toBeGreaterThanOrEqual(3);
  });
});
