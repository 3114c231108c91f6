import { describe, expect, it } from 'vitest';
import type { Recording } from '#recording';
import { codesOf } from '../codes/codes.js';
import type { Turning } from '../report.js';
import { syntheticRecording, type SyntheticOptions } from '../synthetic/synthetic.js';
import { turningOf } from './turning.js';

const days = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

const rotation: Omit<SyntheticOptions, 'seed'> = {
  ...{ neurons: 40, stimuli: 6, trials: 8, times: days(8), strength: 1, diffusion: 0.05, fluctuation: 0 },
  ...{ directedSpeed: 0, noise: 1, drift: 'rotation' },
};

const turning = (recording: Recording): Turning => turningOf(recording, codesOf(recording, false));
const synthetic = (change: Partial<SyntheticOptions>, seed = 1): Turning =>
  turning(syntheticRecording({ ...rotation, ...change, seed }));

const validated = ({ dimensions }: Turning): number => dimensions.filter(({ isValidated }) => isValidated).length;

/** Mean rate over recordings, in parts of the truth, and its error. */
function meanRate(change: Partial<SyntheticOptions>, truth: number, count: number): readonly [number, number, number] {
  let [sum, squares, covered] = [0, 0, 0];
  for (let seed = 1; seed <= count; seed++) {
    const { rate } = synthetic(change, seed);
    const value = (rate.value ?? NaN) / truth;
    sum += value;
    squares += value * value;
    const [low, high] = rate.interval95 ?? [NaN, NaN];
    if (low <= truth && truth <= high) covered++;
  }
  const mean = sum / count;
  return [mean, Math.sqrt((squares / count - mean * mean) / count), covered / count];
}

describe('the rate of turning', () => {
  it('is that of random rotations, with intervals that cover it', () => {
    // A row of a rotation by the fraction D dt of its squared length has N - 1 planes to turn in.
    const [mean, error, covered] = meanRate({}, 0.05 / 39, 40);
    expect(error).toBeLessThan(0.1);
    expect(Math.abs(mean - 1)).toBeLessThan(3 * error + 0.05);
    expect(covered).toBeGreaterThan(0.85);
  });

  it('is free of a fluctuation that is new in each session, and of its products', () => {
    const [mean, error] = meanRate({ fluctuation: 0.2, diffusion: 0.03, times: days(10) }, 0.03 / 39, 40);
    expect(error).toBeLessThan(0.15);
    // Products of fluctuations alone are 0.03 of the squared turn at once, as much as the diffusion of a day.
    expect(Math.abs(mean - 1)).toBeLessThan(3 * error);
  });

  it('has the turns of a frame in one plane as they were made', () => {
    const angles = [0, 0.1, -0.05, 0.2, 0.15];
    const weights = [
      [2, -1, -1],
      [0, 1, -1],
    ];
    const values = angles.flatMap((angle) =>
      [0, 1, 2].flatMap((i) => [
        weights[0][i] * Math.cos(angle) - weights[1][i] * Math.sin(angle),
        weights[0][i] * Math.sin(angle) + weights[1][i] * Math.cos(angle),
        0,
      ]),
    );
    const recording: Recording = {
      ...syntheticRecording({ ...rotation, neurons: 3, stimuli: 3, trials: 1, times: days(5), seed: 1 }),
      values: Float64Array.from(values),
      noiseFree: true,
    };
    const { planes, dimensions } = turning(recording);
    expect(dimensions.map(({ strength }) => Math.round(strength * 1e9) / 1e9)).toEqual([6, 2]);
    expect(planes).toHaveLength(1);
    const steps = angles.slice(1).map((angle, j) => angle - angles[j]);
    // The sign of a plane is that of its axes.
    const sign = Math.sign(planes[0].turns[0] * steps[0]);
    planes[0].turns.forEach((turn, j) => {
      expect(Math.abs(sign * turn - steps[j])).toBeLessThan(0.02 * Math.abs(steps[j]) + 1e-3);
    });
  });

  it('is 0 within its error between parts of one session', () => {
    let inside = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { rate } = synthetic({ diffusion: 0, times: days(5) }, seed);
      const [low, high] = rate.interval95 ?? [NaN, NaN];
      if (low <= 0 && 0 <= high) inside++;
      expect(Math.abs(rate.value ?? NaN)).toBeLessThan(4 * (rate.se ?? NaN));
    }
    expect(inside).toBeGreaterThanOrEqual(17);
  });

  it('is half of what independent drift does along each axis, the other half being shear', () => {
    let [turned, across] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const { rate, withinSpan, withinSpanIfIsotropic } = synthetic({ drift: 'independent', diffusion: 0.1 }, seed);
      turned += (rate.value ?? NaN) / (0.1 / 40 / 2 / 1.2) / 20;
      across += (withinSpan.value ?? NaN) / (withinSpanIfIsotropic ?? NaN) / 20;
    }
    expect(turned).toBeGreaterThan(0.6);
    expect(turned).toBeLessThan(1.4);
    expect(Math.abs(across - 1)).toBeLessThan(0.25);
  });

  it('is over the neurons of every session where some are missing, and none where these are too few', () => {
    const some = synthetic({ missing: 0.08, neurons: 60 });
    expect(some.neurons).toBeGreaterThan(20);
    expect(some.neurons).toBeLessThan(50);
    expect(some.planes.length).toBeGreaterThan(0);
    const few = synthetic({ missing: 0.4 });
    expect(few.planes).toEqual([]);
    expect(few.statement).toBe(`No frame: ${few.neurons} neurons were recorded in every session, 10 are needed.`);
  });
});

describe('there is no frame, and the reason is said', () => {
  it.each([
    [
      'of pure noise',
      { strength: 1e-12, diffusion: 0, drift: 'independent' },
      /errors of trial noise, four are needed/,
    ],
    ['of two sessions', { times: days(2) }, /2 sessions are too few, three are needed/],
    ['of two trials', { trials: 2 }, /four trials or more/],
    ['of two stimuli', { stimuli: 2 }, /2 stimuli one dimension is left at most/],
    [
      'where sessions have nothing in common',
      { drift: 'independent', diffusion: 40 },
      /have less than half of the code in common/,
    ],
  ] as const)('%s', (_, change, reason) => {
    const found = synthetic(change);
    expect([found.planes, found.rate.value, found.withinSpan.value]).toEqual([[], null, null]);
    expect(found.statement).toMatch(/^No frame: /);
    expect(found.statement).toMatch(reason);
  });
});

describe('dimensions', () => {
  it('of equal strength are validated as a span, but not each by itself', () => {
    // Two patterns of equal strength, far above a third direction without any.
    const base = syntheticRecording({
      ...rotation,
      stimuli: 4,
      strength: 1e-12,
      diffusion: 0,
      drift: 'independent',
      seed: 3,
    });
    const { sessions, trials, stimuli, neurons, values } = base;
    const patterns = [
      [1, -1, 0, 0],
      [0, 0, 1, -1],
    ];
    const signal = values.map((value, at) => {
      const [n, i] = [at % neurons, Math.floor(at / neurons) % stimuli];
      return value + 0.3 * patterns[n % 2][i];
    });
    const found = turning({ ...base, values: signal });
    expect([sessions, trials]).toEqual([8, 8]);
    expect(validated(found)).toBe(2);
    expect(found.dimensions[1].spanCosine).toBeGreaterThan(0.95);
    expect(found.dimensions.map(({ isDistinct }) => isDistinct)).toEqual([false, false, expect.any(Boolean)]);
    expect(found.statement).toContain('Of dimensions 1, 2 only the span is known');
  });

  it('are orthonormal patterns of the stimuli with sum 0', () => {
    const { dimensions } = synthetic({});
    dimensions.forEach(({ weights }, k) => {
      expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0))).toBeLessThan(1e-10);
      dimensions.forEach((other, l) => {
        const product = weights.reduce((sum, weight, i) => sum + weight * other.weights[i], 0);
        expect(Math.abs(product - (k === l ? 1 : 0))).toBeLessThan(1e-10);
      });
    });
  });
});
