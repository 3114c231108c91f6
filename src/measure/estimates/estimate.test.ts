import { describe, expect, it } from 'vitest';
import {
  add,
  exponential,
  fromData,
  fromRows,
  identity,
  multiply,
  scale,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { generator, NormalSource } from '#random';
import { twoLayerReadout } from '../../../test/support/two-layer-readout.js';
import { watch } from '../../../test/support/watch.js';
import { estimate, interval95, probeCovariances, type Measurement, type ReplicaSummary } from '../index.js';

/** A reference point with three modes and balanced layers: Theta* = S^(1/2) [I | I]. */
const root = [0.9, 1, 1.1].map(Math.sqrt);
const referencePoint = fromRows(root.map((value, a) => [0, 1, 2, 3, 4, 5].map((c) => (c % 3 === a ? value : 0))));
/** Rotation standard deviations per step in the planes (0,1), (0,2), (1,2), and a mean rotation. */
const deviations = [0.016, 0.024, 0.036];
const velocity = [8e-4, 0, -1.2e-3];
const stimuli = fromRows([
  [1, 0, 0],
  [0.5, -1, 2],
]);

/** Omega_ab c for the three planes. */
const turnsOf = (x: ArrayLike<number>): number[][] => {
  const c = root.map((value, a) => value * x[a]);
  return [
    [c[1], -c[0], 0],
    [c[2], 0, -c[0]],
    [0, c[2], -c[1]],
  ];
};
const square = (vector: number[]): number => vector.reduce((total, value) => total + value * value, 0);
const motion = (x: ArrayLike<number>): number[] =>
  [0, 1, 2].map((a) => turnsOf(x).reduce((total, turn, p) => total + velocity[p] * turn[a], 0));

const exact = (x: ArrayLike<number>): { diffusion: number; speed: number } => ({
  diffusion: turnsOf(x).reduce((total, turn, p) => total + deviations[p] ** 2 * square(turn), 0),
  speed: Math.sqrt(square(motion(x))),
});

/** Where c^T exp(tA) c falls to half of |c|^2 + F, A from the exact rates, by bisection of its first descent. */
function exactHalfLife(x: ArrayLike<number>, push = 1): number {
  const planeMatrices = [
    [0, 1, 0, -1, 0, 0, 0, 0, 0],
    [0, 0, 1, 0, 0, 0, -1, 0, 0],
    [0, 0, 0, 0, 0, 1, 0, -1, 0],
  ].map((values) => fromData(3, 3, Float64Array.from(values)));
  const generatorOf = planeMatrices.reduce(
    (sum, omega, p) => add(add(sum, omega, push * velocity[p]), multiply(omega, omega), deviations[p] ** 2 / 2),
    zeros(3, 3),
  );
  const c = root.map((value, a) => value * x[a]);
  const fluctuation = 0.01 * square(Array.from(x));
  const correlation = (time: number): number =>
    multiply(fromRows([c]), exponential(scale(generatorOf, time)), transpose(fromRows([c]))).data[0] /
    (square(c) + fluctuation);
  let [low, high] = [0, 5000];
  while (high - low > 1e-6) {
    const middle = (low + high) / 2;
    if (correlation(middle) > 0.5) low = middle;
    else high = middle;
  }
  return low;
}

function driftDirection(x: number[]): number[] {
  const v = motion(x);
  return v.map((value) => value / Math.sqrt(square(v)));
}

const measurement = (lag: number, samples: number): Measurement => ({
  probes: stimuli.rows,
  frame: {
    referencePoint: [referencePoint],
    rank: 3,
    directions: identity(3),
    driftDirections: fromRows([driftDirection([1, 0, 0]), driftDirection([0.5, -1, 2])]),
  },
  lag,
  samples,
  courseSamples: Int32Array.of(0, 1, samples - 1),
  trajectorySamples: new Int32Array(),
});

const rotation = ([ab, ac, bc]: number[]): Matrix =>
  exponential(fromData(3, 3, Float64Array.of(0, ab, ac, -ab, 0, bc, -ac, -bc, 0)));

/**
 * A process whose drift is known exactly: the frame makes independent rotations in its own frame at every step; a bounded
 * Ornstein-Uhlenbeck rotation g rides on top (what the projection of a real network leaves), and a normal displacement.
 */
function simulate(
  seed: number,
  replica: number,
  lag: number,
  samples: number,
  wobble: number,
  push = 1,
): ReplicaSummary {
  const normal = new NormalSource(generator(seed, replica, 'normal'), generator(seed, replica, 'retry'));
  const readout = twoLayerReadout(3, stimuli, referencePoint, () => ({ task: 1, regularized: 2 }));
  const { observe, summary } = watch(measurement(lag, samples), readout);
  let frame = identity(3);
  let g = [0, 0, 0];
  // That of products of the normal displacement after three relaxation times.
  const memory = Math.exp(-6);
  for (let sample = 0; sample < samples; sample++) {
    for (let step = 0; step < lag && sample > 0; step++) {
      frame = multiply(
        frame,
        rotation(deviations.map((deviation, p) => push * velocity[p] + deviation * normal.next())),
      );
      g = g.map((value) => memory * value + Math.sqrt(1 - memory ** 2) * wobble * normal.next());
    }
    // X = Z scaled so that N Theta*^T = X root + Z root is symmetric: a diagonal X and Z is.
    const displacement = zeros(3, 6);
    for (let a = 0; a < 3; a++) displacement.data[a * 7] = 0.1 * normal.next();
    observe([multiply(frame, rotation(g), add(referencePoint, displacement))]);
  }
  return summary();
}

describe('estimate', () => {
  // A wobble that adds more to an increment than the drift does: D without its removal comes out far too large.
  const wobble = 0.025;
  const lag = 1;
  const samples = 2400;
  const summaries = Array.from({ length: 64 }, (_, replica) => simulate(1, replica, lag, samples, wobble));
  const estimates = estimate(measurement(lag, samples), summaries);

  it('recovers a known diffusion under a bounded error of the projection', () => {
    estimates.probes.forEach(({ diffusion }, k) => {
      const expected = exact(stimuli.data.subarray(3 * k, 3 * k + 3)).diffusion;
      expect(diffusion.se / expected).toBeLessThan(0.015);
      expect(Math.abs(diffusion.value - expected)).toBeLessThan(3 * diffusion.se);
      const c = root.map((value, a) => value * stimuli.data[3 * k + a]);
      const naive =
        summaries.reduce((sum, summary) => {
          const image = multiply(fromRows([c]), fromData(3, 3, summary.square));
          return sum + image.data.reduce((total, value, a) => total + value * c[a], 0) / 64;
        }, 0) / lag;
      expect(naive).toBeGreaterThan(1.3 * expected);
    });
    estimates.rotationDiffusion.forEach(({ value, se }, plane) => {
      expect(Math.abs(value - deviations[plane] ** 2)).toBeLessThan(3.5 * se);
    });
  });

  it('recovers the directed velocity and the speed of each stimulus', () => {
    estimates.velocity.forEach(({ value, se }, plane) => {
      expect(Math.abs(value - velocity[plane])).toBeLessThan(3.5 * se);
    });
    estimates.probes.forEach(({ directedSpeed }, k) => {
      const expected = exact(stimuli.data.subarray(3 * k, 3 * k + 3)).speed;
      expect(directedSpeed.se / expected).toBeLessThan(0.1);
      expect(Math.abs(directedSpeed.value - expected)).toBeLessThan(3 * directedSpeed.se);
    });
  });

  it('has the covariance between probes that belongs to their errors, and to the planes that they share', () => {
    const covariances = probeCovariances(measurement(lag, samples), summaries);
    if (!covariances) throw new Error('no frame');
    estimates.probes.forEach(({ fluctuation, diffusion, speedAlongDriftDirection }, k) => {
      const own = (matrix: Matrix): number => Math.sqrt(matrix.data[3 * k]);
      expect(own(covariances.fluctuation)).toBeCloseTo(fluctuation.se, 14);
      expect(own(covariances.diffusion)).toBeCloseTo(diffusion.se, 14);
      expect(own(covariances.directedSpeed)).toBeCloseTo(speedAlongDriftDirection.se, 14);
    });
    // D = sum of d_p^2 |Omega_p c|^2 over independent planes: errors in proportion to each d_p^2.
    const shares = [0, 1].map((k) =>
      turnsOf(stimuli.data.subarray(3 * k, 3 * k + 3)).map((turn, p) => deviations[p] ** 2 * square(turn)),
    );
    const product = (a: number[], b: number[]): number => a.reduce((sum, value, p) => sum + value * b[p], 0);
    const expected = product(shares[0], shares[1]) / Math.sqrt(square(shares[0]) * square(shares[1]));
    const [first, both, , second] = covariances.diffusion.data;
    expect(Math.abs(both / Math.sqrt(first * second) - expected)).toBeLessThan(0.35);
    expect(probeCovariances({ ...measurement(lag, samples), frame: null }, summaries)).toBeNull();
  });

  it('has the half-life of the process that was simulated', () => {
    estimates.probes.forEach(({ halfLife }, k) => {
      const expected = exactHalfLife(stimuli.data.subarray(3 * k, 3 * k + 3));
      const { value, se } = halfLife ?? { value: NaN, se: NaN };
      expect(se / expected).toBeLessThan(0.045);
      expect(Math.abs(value - expected)).toBeLessThan(3 * se);
    });
  });

  it('counts directed motion in the half-life only where the plan knows a direction', () => {
    const { frame, ...rest } = measurement(lag, samples);
    if (!frame) throw new Error('no frame');
    const undirected = { ...rest, frame: { ...frame, driftDirections: zeros(2, 3) } };
    estimate(undirected, summaries).probes.forEach(({ halfLife }, k) => {
      const expected = exactHalfLife(stimuli.data.subarray(3 * k, 3 * k + 3), 0);
      expect(expected).toBeGreaterThan(1.05 * exactHalfLife(stimuli.data.subarray(3 * k, 3 * k + 3)));
      const { value, se } = halfLife ?? { value: NaN, se: NaN };
      expect(se / expected).toBeLessThan(0.015);
      expect(Math.abs(value - expected)).toBeLessThan(3 * se);
    });
  });

  it('has no half-life where the noise of the directed motion would make it, nor of what does not turn', () => {
    const short = Array.from({ length: 16 }, (_, replica) => simulate(2, replica, 1, 8, 0, 0));
    expect(estimate(measurement(1, 8), short).probes.map(({ halfLife }) => halfLife)).toEqual([null, null]);
    const still = short.map((summary) => ({
      ...summary,
      ...Object.fromEntries(
        ['rotation', 'rotationHead', 'rotationTail', 'square', 'neighbour'].map((name) => [name, new Float64Array(9)]),
      ),
    }));
    expect(estimate(measurement(1, 8), still).probes.map(({ halfLife }) => halfLife)).toEqual([null, null]);
  });

  it('resolves the directed motion along its drift direction, with its sign', () => {
    estimates.probes.forEach(({ speedAlongDriftDirection: { value, se } }, k) => {
      expect(Math.abs(value - exact(stimuli.data.subarray(3 * k, 3 * k + 3)).speed)).toBeLessThan(3 * se);
    });
  });

  it('measures the length of each representation itself', () => {
    estimates.probes.forEach(({ squaredNorm: { value, se } }, k) => {
      const expected = square(root.map((factor, a) => factor * stimuli.data[3 * k + a]));
      expect(se / expected).toBeLessThan(0.01);
      expect(Math.abs(value - expected)).toBeLessThan(4 * se);
    });
  });

  it('recovers the fluctuation and passes the losses on', () => {
    estimates.probes.forEach(({ fluctuation }, k) => {
      const expected = 0.01 * stimuli.data.subarray(3 * k, 3 * k + 3).reduce((sum, value) => sum + value * value, 0);
      expect(fluctuation.se / expected).toBeLessThan(0.02);
      expect(Math.abs(fluctuation.value - expected)).toBeLessThan(3 * fluctuation.se);
    });
    expect(estimates.losses?.task.value).toBeCloseTo(1, 12);
    expect(estimates.losses?.regularized.value).toBeCloseTo(2, 12);
  });

  // With push 100 the mean rotation of an increment is several times its scatter.
  it.each([0, 100])('states errors that are right: z scores of repeats, mean rotation times %i', (push) => {
    const scores = Array.from({ length: 200 }, (_, repeat) => {
      const group = Array.from({ length: 10 }, (__, replica) => simulate(100 + repeat, replica, 1, 24, 0, push));
      const { frame, ...rest } = measurement(1, 24);
      if (!frame) throw new Error('no frame');
      const undirected = { ...rest, frame: { ...frame, driftDirections: zeros(2, 3) } };
      const { diffusion, halfLife } = estimate(undirected, group).probes[1];
      return [
        (diffusion.value - exact([0.5, -1, 2]).diffusion) / diffusion.se,
        Math.log((halfLife?.value ?? NaN) / exactHalfLife([0.5, -1, 2], 0)) /
          ((halfLife?.se ?? NaN) / (halfLife?.value ?? NaN)),
      ];
    });
    for (const k of [0, 1]) {
      const variance = scores.reduce((sum, z) => sum + z[k] * z[k], 0) / scores.length;
      // Student's t with 9 degrees has variance 9/7 and kurtosis 4.2: 200 scores give it to 13%.
      expect(variance).toBeGreaterThan(0.75);
      expect(variance).toBeLessThan(1.9);
    }
  });

  it('rejects a state that is no longer finite', () => {
    const readout = twoLayerReadout(3, stimuli, referencePoint, () => ({ task: NaN, regularized: NaN }));
    const { observe } = watch(measurement(1, 3), readout);
    expect(() => {
      observe([scale(referencePoint, NaN)]);
    }).toThrow(/diverged/);
  });
});

describe('interval95', () => {
  it.each([
    [5, 2.7764],
    [11, 2.2281],
    [31, 2.0423],
    [1001, 1.9623],
  ])('of %i values is Student t', (count, t) => {
    const [low, high] = interval95({ value: 1, se: 0.5 }, count);
    expect((high - 1) / 0.5).toBeCloseTo(t, 1);
    expect(Math.abs((1 - low) / 0.5 / t - 1)).toBeLessThan(0.01);
  });
});
