import { describe, expect, it } from 'vitest';
import { generator, NormalSource } from '#random';
import { watch } from '../../../test/support/watch.js';
import { estimate, type Estimates, type Measurement, type Readout, type ReplicaSummary } from '../index.js';

/** A series that belongs to no network: samples of K x k numbers. */
const PROBES = 2;
const UNITS = 5;
const withoutLosses: Readout<Float64Array> = {
  units: UNITS,
  represent: (hidden, sample) => {
    hidden.set(sample);
  },
  frame: null,
  notFinite: () => new Error('sample of nothing'),
};
const readout: Readout<Float64Array> = { ...withoutLosses, losses: () => ({ task: 3, regularized: 4 }) };

/** For each probe: strength |h|^2 at the start, D a step, F and the velocity along the first unit. */
const strength = [4, 1];
const diffusion = [0.002, 0.0008];
const fluctuation = [0.05, 0.02];
const velocity = [6e-4, 0];
const lag = 10;

const measurementOf = (samples: number): Measurement => ({
  probes: PROBES,
  frame: null,
  lag,
  samples,
  courseSamples: Int32Array.of(0, samples - 1),
  trajectorySamples: Int32Array.of(0),
});

/** A random walk with a drift and a bounded fluctuation on top, its correlation over one lag e^-6. */
function simulate(replica: number, samples: number): ReplicaSummary {
  const normal = new NormalSource(generator(4, replica, 'normal'), generator(4, replica, 'retry'));
  const { observe, summary } = watch(measurementOf(samples), readout);
  const place = new Float64Array(PROBES * UNITS);
  const wobble = new Float64Array(PROBES * UNITS);
  const memory = Math.exp(-6);
  const each = (change: (k: number, i: number) => void): void => {
    for (let i = 0; i < PROBES * UNITS; i++) change(Math.floor(i / UNITS), i);
  };
  each((k, i) => {
    place[i] = i % UNITS === 1 ? Math.sqrt(strength[k]) : 0;
    wobble[i] = Math.sqrt(fluctuation[k] / UNITS) * normal.next();
  });
  for (let sample = 0; sample < samples; sample++) {
    observe(place.map((value, i) => value + wobble[i]));
    each((k, i) => {
      place[i] += Math.sqrt((diffusion[k] * lag) / UNITS) * normal.next() + (i % UNITS === 0 ? velocity[k] * lag : 0);
      const fresh = Math.sqrt((fluctuation[k] / UNITS) * (1 - memory ** 2)) * normal.next();
      wobble[i] = memory * wobble[i] + fresh;
    });
  }
  return summary();
}

const run = (first: number, replicas: number, samples: number): Estimates =>
  estimate(
    measurementOf(samples),
    Array.from({ length: replicas }, (_, i) => simulate(first + i, samples)),
  );

describe('a series without a frame', () => {
  const estimates = run(0, 64, 1200);

  it.each([0, 1])('gives D, F and the directed velocity of probe %i within their errors', (k) => {
    const own = estimates.probes[k];
    expect(own.diffusion.se / diffusion[k]).toBeLessThan(0.035);
    expect(Math.abs(own.diffusion.value - diffusion[k])).toBeLessThan(3 * own.diffusion.se);
    expect(own.fluctuation.se / fluctuation[k]).toBeLessThan(0.01);
    expect(Math.abs(own.fluctuation.value - fluctuation[k])).toBeLessThan(3 * own.fluctuation.se);
    expect(Math.abs(own.directedSpeed.value - velocity[k])).toBeLessThan(3 * own.directedSpeed.se);
  });

  it('needs the correction of neighbours: the mean squared displacement alone is far from D', () => {
    const { squaredDisplacement } = run(0, 64, 2).courses;
    squaredDisplacement[1].forEach(({ value, se }, k) => {
      const expected = diffusion[k] * lag + 2 * fluctuation[k];
      expect(Math.abs(value - expected)).toBeLessThan(3 * se);
      expect(value).toBeGreaterThan(5 * diffusion[k] * lag);
    });
  });

  it('has the strength of the representation without its fluctuation', () => {
    run(0, 400, 3).probes.forEach(({ squaredNorm: { value, se } }, k) => {
      expect(se / strength[k]).toBeLessThan(0.01);
      // The walk adds D lag in the mean of the three samples.
      expect(Math.abs(value - strength[k] - diffusion[k] * lag)).toBeLessThan(3 * se);
    });
  });

  it('has losses, similarity and time courses, and nothing of a frame', () => {
    expect(estimates.losses?.task.value).toBeCloseTo(3, 12);
    expect([estimates.rotationDiffusion, estimates.velocity]).toEqual([[], []]);
    expect(estimates.courses.projectedSquaredDisplacement).toEqual([[], []]);
    expect(estimates.courses.fluctuation).toEqual([[], []]);
    expect(estimates.courses.selfCorrelation[0].map((cosine) => cosine?.value)).toEqual([1, 1]);
    expect(estimates.similarity.data[1]).toBe(estimates.similarity.data[2]);
  });

  it('has no losses where the samples have none', () => {
    const { observe, summary } = watch(measurementOf(3), withoutLosses);
    for (let sample = 0; sample < 3; sample++) observe(new Float64Array(PROBES * UNITS).fill(sample));
    const { losses, courses } = estimate(measurementOf(3), [summary(), summary()]);
    expect(losses).toBeNull();
    expect([courses.taskLoss, courses.regularizedLoss]).toEqual([[], []]);
    expect(courses.squaredDisplacement.map((probes) => probes.map(({ value }) => value))).toEqual([
      [0, 0],
      [4 * UNITS, 4 * UNITS],
    ]);
  });

  it.each([
    ['a loss', { ...readout, losses: () => ({ task: NaN, regularized: NaN }) }, 0],
    ['a representation', withoutLosses, Infinity],
  ])('throws the error of its readout where %s is not finite', (_, given, value) => {
    const { observe } = watch(measurementOf(3), given);
    expect(() => {
      observe(new Float64Array(PROBES * UNITS).fill(value));
    }).toThrow('sample of nothing');
  });

  it('states errors that are right: z scores of repeats', () => {
    const scores = Array.from({ length: 200 }, (_, repeat) => {
      const { value, se } = run(1000 + 10 * repeat, 10, 24).probes[0].diffusion;
      return (value - diffusion[0]) / se;
    });
    const variance = scores.reduce((sum, z) => sum + z * z, 0) / scores.length;
    // Student's t with 9 degrees has variance 9/7 and kurtosis 4.2: 200 scores give it to 13%.
    expect(variance).toBeGreaterThan(0.75);
    expect(variance).toBeLessThan(1.9);
  });
});
