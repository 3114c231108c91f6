import { studentPoint } from '#measure';
import { describe, expect, it } from 'vitest';
import { deletions, mapDeletions, measuredOverStimuli, ratioOverStimuli, stimulusBlocks } from './stimulus-blocks.js';

const stimuli = 9;
const blocks = stimulusBlocks(stimuli);

/** Means over stimuli: their jackknife counts nothing twice. */
const meansOf = (above: readonly number[], below: readonly number[]) =>
  deletions(blocks, (one, two) => {
    const { stimuli: kept } = blocks.without(one, two);
    const mean = (values: readonly number[]): number => kept.reduce((sum, i) => sum + values[i], 0) / kept.length;
    return { numerator: mean(above), denominator: mean(below) };
  });

const noise = [0.4, -0.3, 0.1, 0.6, -0.7, 0.2, -0.4, 0.3, -0.2];
const other = [0.1, 0.5, -0.6, 0.2, 0.3, -0.4, 0.6, -0.5, -0.2];

describe('a ratio over stimuli', () => {
  const ratio = meansOf(
    noise.map((own) => 0.5 + own),
    other.map((own) => 1 + own),
  );
  const { value, se, interval95 } = ratioOverStimuli(ratio);

  it('has the interval of all ratios with which numerator - ratio denominator is compatible with 0', () => {
    expect(value).toBeCloseTo(0.5, 12);
    for (const end of interval95 ?? []) {
      const rest = measuredOverStimuli(mapDeletions(ratio, (own) => own.numerator - end * own.denominator));
      expect(Math.abs(rest.value ?? NaN)).toBeCloseTo(studentPoint(stimuli - 1) * (rest.se ?? NaN), 10);
    }
    const [low, high] = interval95 ?? [NaN, NaN];
    expect(low).toBeLessThan(0.5);
    // A denominator that may be small leaves more room above than below.
    expect(high - 0.5).toBeGreaterThan(1.02 * (0.5 - low));
    expect(se).toBeGreaterThan(0);
  });

  it('has no value where the denominator may be 0', () => {
    const unknown = { value: null, se: null, interval95: null };
    expect(
      ratioOverStimuli(
        meansOf(
          noise.map((own) => 0.5 + own),
          other.map((own) => 0.1 + own),
        ),
      ),
    ).toEqual(unknown);
    expect(
      ratioOverStimuli(
        meansOf(
          noise,
          other.map((own) => own - 1),
        ),
      ),
    ).toEqual(unknown);
  });
});
