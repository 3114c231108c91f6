import { describe, expect, it } from 'vitest';
import { UNKNOWN } from './codes/jackknife.js';
import { frequencyTrend } from './frequency.js';
import type { StimulusMotion } from './report.js';

const counts = [10, 30, 100, 300, 1000];

/** Stimuli of D/‖h‖² = 0.2 f^-0.6 times given factors, each with an error of a tenth. */
const stimuli = (factors: readonly number[], frequency = (k: number): number | null => counts[k]): StimulusMotion[] =>
  factors.map((factor, k) => {
    const value = factor * 0.2 * counts[k] ** -0.6;
    const unknown = { strength: UNKNOWN, fluctuation: UNKNOWN, diffusion: UNKNOWN, directedSpeed: UNKNOWN };
    return {
      ...unknown,
      label: String(k),
      frequency: frequency(k),
      quadratic: UNKNOWN,
      halfLife: UNKNOWN,
      relativeDiffusion: { value, se: Math.abs(value) / 10, interval95: null },
    };
  });

describe('the trend of D/‖h‖² with presentations', () => {
  it('is the exponent of a power law, with its error by weights and a verdict of four errors', () => {
    const trend = frequencyTrend(stimuli([1, 1, 1, 1, 1]));
    // Equal relative errors of 0.1: se of the slope is 0.1 / root of the summed squares of ln f around their mean.
    const logs = counts.map(Math.log);
    const mean = logs.reduce((sum, x) => sum + x, 0) / 5;
    expect(trend?.exponent.value).toBeCloseTo(-0.6, 12);
    expect(trend?.exponent.se).toBeCloseTo(0.1 / Math.hypot(...logs.map((x) => x - mean)), 12);
    expect(trend?.scale).toBeCloseTo(0.2, 12);
    expect(trend).toMatchObject({ verdict: 'slower', stimuli: 5, leftOut: 0 });
    expect(trend?.statement).toContain('correlational');
  });

  it('has the larger error of stimuli that scatter more than their errors say', () => {
    const [even, scattered] = [stimuli([1, 1, 1, 1, 1]), stimuli([1.9, 0.5, 2, 0.6, 1.8])].map(frequencyTrend);
    const { chiSquare, exponent, verdict } = scattered ?? {};
    expect(chiSquare).toBeGreaterThan(100);
    expect(exponent?.se).toBeCloseTo((even?.exponent.se ?? 0) * Math.sqrt((chiSquare ?? 0) / 3), 12);
    expect(verdict).toBe('none');
  });

  it('leaves out stimuli without logarithm, and says why where fewer than three are left or none differs', () => {
    expect(frequencyTrend(stimuli([1, -1, 1, 1, 1]))).toMatchObject({ stimuli: 4, leftOut: 1, verdict: 'slower' });
    const few = frequencyTrend(stimuli([1, -1, -1, -1, 1]));
    expect(few).toMatchObject({ verdict: null, exponent: UNKNOWN, leftOut: 3 });
    expect(few?.statement).toContain('2 of 5 stimuli have presentations and a D above 0');
    expect(frequencyTrend(stimuli([1, 1, 1, 1, 1], () => 7))?.statement).toContain('the same number of presentations');
    expect(frequencyTrend(stimuli([1, 1, 1], () => null))).toBeNull();
  });
});
