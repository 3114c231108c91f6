import { expect, it } from 'vitest';
import {
  add,
  fromData,
  fromRows,
  identity,
  logRotation,
  maxAbs,
  multiply,
  polarFactor,
  sliceCols,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { generator, NormalSource } from '#random';
import { twoLayerReadout } from '../../../test/support/two-layer-readout.js';
import { watch } from '../../../test/support/watch.js';

const referencePoint = fromRows([
  [1.1, 0, 0.2, 0.9, 0],
  [0, 1, -0.3, 0, 1.2],
]);
const stimuli = fromRows([
  [1, 0.5, 0],
  [0, -1, 2],
  [0, 0, 1],
]);

/** States near the manifold, the frame turning by some hundredths of a radian between samples. */
function states(units: number, samples: number): Matrix[] {
  const normal = new NormalSource(generator(3, units, 'normal'), generator(3, units, 'retry'));
  const noise = (rows: number, cols: number, size: number): Matrix =>
    fromData(
      rows,
      cols,
      Float64Array.from({ length: rows * cols }, () => size * normal.next()),
    );
  let frame = noise(units, 2, 1);
  return Array.from({ length: samples }, () => {
    frame = polarFactor(add(polarFactor(frame), noise(units, 2, 0.05)));
    return add(multiply(frame, referencePoint), noise(units, 5, 0.05));
  });
}

// As many hidden units as modes, and more.
it.each([2, 4])('a summary holds the means that its definitions name, for %i hidden units', (units) => {
  const seen = states(units, 5);
  let looks = 0;
  const watched = watch(
    {
      probes: 3,
      frame: { referencePoint: [referencePoint], rank: 2, directions: identity(1), driftDirections: zeros(3, 2) },
      lag: 1,
      samples: 5,
      courseSamples: Int32Array.of(0, 4),
      trajectorySamples: Int32Array.of(2, 4),
    },
    // Losses 1, 2, 3, 4, 5 and twice that.
    twoLayerReadout(units, stimuli, referencePoint, () => ({ task: ++looks, regularized: 2 * looks })),
  );
  for (const theta of seen) watched.observe([theta]);
  const summary = watched.summary();

  const mean = (matrices: Matrix[]): Matrix =>
    matrices.reduce((sum, a) => add(sum, a, 1 / matrices.length), zeros(matrices[0].rows, matrices[0].cols));
  const expectClose = (values: Float64Array, expected: Matrix): void => {
    expect(maxAbs(add(fromData(expected.rows, expected.cols, values), expected, -1))).toBeLessThan(1e-13);
  };
  const frames = seen.map((theta) => polarFactor(multiply(theta, transpose(referencePoint))));
  const hidden = seen.map((theta) => multiply(stimuli, transpose(sliceCols(theta, 0, 3))));
  const codes = multiply(stimuli, transpose(sliceCols(referencePoint, 0, 3)));
  const projected = frames.map((frame) => multiply(codes, transpose(frame)));
  const squares = (a: Matrix): Matrix =>
    fromRows(
      Array.from({ length: a.rows }, (_, k) => [
        a.data.subarray(k * a.cols, (k + 1) * a.cols).reduce((sum, value) => sum + value * value, 0),
      ]),
    );
  expectClose(summary.codes, mean(hidden.map((h, s) => multiply(h, frames[s]))));
  expectClose(summary.similarity, mean(hidden.map((h) => multiply(h, transpose(h)))));
  expectClose(summary.fluctuation, mean(hidden.map((h, s) => squares(add(h, projected[s], -1)))));
  const omegas = frames.slice(1).map((frame, s) => logRotation(polarFactor(multiply(transpose(frames[s]), frame))));
  expectClose(summary.rotation, mean(omegas.map((omega) => fromRows([[omega.data[1]]]))));
  expectClose(summary.square, mean(omegas.map((omega) => multiply(transpose(omega), omega))));
  expectClose(summary.neighbour, mean(omegas.slice(1).map((omega, s) => multiply(transpose(omegas[s]), omega))));
  expectClose(summary.directionSquare, mean(omegas.map(({ data }) => fromRows([[data[1] ** 2]]))));
  expectClose(
    summary.directionNeighbour,
    mean(omegas.slice(1).map(({ data }, s) => fromRows([[data[1] * omegas[s].data[1]]]))),
  );
  expectClose(summary.squaredDisplacement.slice(3), squares(add(hidden[4], hidden[0], -1)));
  expectClose(summary.projectedSquaredDisplacement.slice(3), squares(add(projected[4], projected[0], -1)));
  // Course 1 begins after the first sample.
  expect([...summary.lossCourses]).toEqual([1, 2, 3.5, 7]);
  const fluctuations = hidden.map((h, s) => squares(add(h, projected[s], -1)));
  expectClose(summary.fluctuationCourse.slice(0, 3), fluctuations[0]);
  expectClose(summary.fluctuationCourse.slice(3), mean(fluctuations.slice(1)));
  expectClose(summary.trajectory, fromData(6, units, Float64Array.of(...hidden[2].data, ...hidden[4].data)));
});

/** A watch over states in the frames R, in which nothing fluctuates. */
function watchFrames(frames: readonly Matrix[], lag: number) {
  const watched = watch(
    {
      probes: 3,
      frame: { referencePoint: [referencePoint], rank: 2, directions: identity(1), driftDirections: zeros(3, 2) },
      lag,
      samples: frames.length,
      courseSamples: Int32Array.of(0, frames.length - 1),
      trajectorySamples: new Int32Array(),
    },
    twoLayerReadout(2, stimuli, referencePoint, () => ({ task: 1, regularized: 1 })),
  );
  for (const frame of frames) watched.observe([multiply(frame, referencePoint)]);
  return watched.summary();
}

const turn = (angle: number): Matrix =>
  fromRows([
    [Math.cos(angle), -Math.sin(angle)],
    [Math.sin(angle), Math.cos(angle)],
  ]);
const mirror = fromRows([
  [1, 0],
  [0, -1],
]);

it('a mode that changes its sign once is counted, and every other increment is measured', () => {
  const angles = [0, 0.1, 0.2, 0.3, 0.4];
  // Seen from a mirrored body, the second half turns the other way round.
  const frames = angles.map((angle, s) => (s < 2 ? turn(angle) : multiply(turn(angle), mirror)));
  const summary = watchFrames(frames, 1);
  expect(summary.reflections).toBe(1);
  expect(summary.rotation[0]).toBeCloseTo((-0.1 + 0 + 0.1 + 0.1) / 4, 12);
  expect(summary.square[0]).toBeCloseTo((3 * 0.01) / 4, 12);
  expect(watchFrames(angles.map(turn), 1)).not.toHaveProperty('reflections');
});

it('frames that are related no more are refused', () => {
  const frames = Array.from({ length: 12 }, (_, s) => (s % 2 === 0 ? identity(2) : mirror));
  expect(() => watchFrames(frames, 7)).toThrow(/in the 7 steps between two samples.*a smaller lag/);
  expect(() => watchFrames(frames, 1)).toThrow(/in a single step.*smaller learningRate/);
  expect(watchFrames(frames.slice(0, 2), 7).reflections).toBe(1);
});
