import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  diagonal,
  exponential,
  fromData,
  fromRows,
  identity,
  logOrthogonal,
  logRotation,
  maxAbs,
  multiply,
  qr,
  svd,
  toRows,
  transpose,
  zeros,
  type Matrix,
} from './index.js';

const distance = (a: Matrix, b: Matrix): number => maxAbs(add(a, b, -1));

/** Antisymmetric, one plane per angle. */
function planes(size: number, angles: readonly number[]): Matrix {
  const omega = zeros(size, size);
  angles.forEach((angle, plane) => {
    omega.data[(2 * plane + 1) * size + 2 * plane] = angle;
    omega.data[2 * plane * size + 2 * plane + 1] = -angle;
  });
  return omega;
}

/** The rotation by one angle per plane, from sines and cosines. */
function rotationBy(size: number, angles: readonly number[]): Matrix {
  const rotation = identity(size);
  angles.forEach((angle, plane) => {
    const [i, j] = [2 * plane, 2 * plane + 1];
    rotation.data[i * size + i] = rotation.data[j * size + j] = Math.cos(angle);
    rotation.data[j * size + i] = Math.sin(angle);
    rotation.data[i * size + j] = -Math.sin(angle);
  });
  return rotation;
}

const inFrame = (frame: Matrix, a: Matrix): Matrix => multiply(frame, a, transpose(frame));

/** An orthogonal frame, of either orientation. */
const frames = (size: number): fc.Arbitrary<Matrix> =>
  fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: size * size, maxLength: size * size }).map(
    (values) =>
      qr(
        fromData(
          size,
          size,
          Float64Array.from(values, (value) => value / 100),
        ),
      ).q,
  );

const special = [0, 1e-9, 1e-6, 0.3, 1, Math.PI / 2, 2, (2 * Math.PI) / 3, 2.3, 3];
const angles = fc.oneof(
  fc.constantFrom(...special, Math.PI, ...[1e-12, 1e-9, 5e-9, 1e-4, 0.1].map((gap) => Math.PI - gap)),
  fc.double({ min: 0, max: Math.PI, noNaN: true }),
);
/** Angles of one to four planes, with or without an axis that stays, in any frame. */
const rotations = fc
  .tuple(fc.array(angles, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 1 }))
  .chain(([list, axes]) => fc.tuple(fc.constant(list), frames(2 * list.length + axes)));

/** Every angle twice, descending, and 0 for an axis that stays: what the singular values of a logarithm must be. */
const doubled = (list: readonly number[], size: number): number[] =>
  [...list, ...list, ...(size % 2 ? [0] : [])].sort((a, b) => b - a);

// The tests of the logarithm rely on it.
describe('the exponential of an antisymmetric matrix', () => {
  it('rotates every plane by its angle', () => {
    fc.assert(
      fc.property(rotations, ([list, frame]) => {
        const rotation = exponential(inFrame(frame, planes(frame.rows, list)));
        expect(distance(rotation, inFrame(frame, rotationBy(frame.rows, list)))).toBeLessThan(1e-13);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('rotates by angles beyond pi, too', () => {
    const frame = qr(fromRows([1, 2, 3, 4].map((i) => [1, i, i ** 2, Math.sqrt(i)]))).q;
    const rotation = exponential(inFrame(frame, planes(4, [7, 40])));
    expect(distance(rotation, inFrame(frame, rotationBy(4, [7, 40])))).toBeLessThan(1e-12);
  });

  it('of a small matrix is I + omega to second order', () => {
    const omega = planes(2, [1e-9]);
    expect(distance(exponential(omega), add(identity(2), omega))).toBeLessThan(1e-17);
  });
});

describe('the logarithm', () => {
  // Antisymmetric, exponential R and angles in [0, pi]: nothing but a principal logarithm has all three.
  it('is the principal logarithm for any angles', () => {
    fc.assert(
      fc.property(rotations, ([list, frame]) => {
        const rotation = inFrame(frame, rotationBy(frame.rows, list));
        const omega = logRotation(rotation);
        expect(maxAbs(add(omega, transpose(omega)))).toBeLessThan(1e-15);
        expect(distance(exponential(omega), rotation)).toBeLessThan(1e-12);
        doubled(list, frame.rows).forEach((angle, k) => {
          expect(Math.abs(svd(omega).s[k] - angle)).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  it('inverts the exponential where it is unique', () => {
    const unique = fc.double({ min: 0, max: Math.PI - 0.01, noNaN: true });
    const cases = fc
      .array(unique, { minLength: 1, maxLength: 4 })
      .chain((list) => frames(2 * list.length + 1).map((frame) => inFrame(frame, planes(frame.rows, list))));
    fc.assert(
      fc.property(cases, (omega) => {
        expect(distance(logRotation(exponential(omega)), omega)).toBeLessThan(1e-11);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it('has 14 digits of a small angle, and holds up to pi', () => {
    for (const angle of [1e-9, 1e-6, 1e-3, 0.1, 0.35, 0.36, 1, 2, 3, 3.1, Math.PI - 1e-6, Math.PI]) {
      const omega = logRotation(rotationBy(3, [angle]));
      expect(Math.abs(omega.data[3] / angle)).toBeCloseTo(1, 14);
      expect(omega.data[3] > 0 || angle === Math.PI).toBe(true);
      expect(Math.max(Math.abs(omega.data[6]), Math.abs(omega.data[7]))).toBe(0);
    }
  });

  // Equal angles share one invariant space, in which eigenvectors are arbitrary.
  it.each([2, 3, 4])('of %i planes at 2 pi / 3 is exact', (count) => {
    const list = new Array<number>(count).fill((2 * Math.PI) / 3);
    fc.assert(
      fc.property(frames(2 * count), (frame) => {
        const omega = logRotation(inFrame(frame, rotationBy(2 * count, list)));
        expect(distance(omega, inFrame(frame, planes(2 * count, list)))).toBeLessThan(1e-12);
      }),
      { numRuns: 50, seed: 4 },
    );
  });

  it('resolves 30 angles between 0 and pi', () => {
    const size = 60;
    const list = Array.from({ length: size / 2 }, (_, k) => (Math.PI * (k + 0.5)) / 30);
    const mixing = fromData(
      size,
      size,
      Float64Array.from({ length: size * size }, (_, k) => Math.sin(k * k)),
    );
    const expected = inFrame(qr(mixing).q, planes(size, list));
    expect(distance(logRotation(exponential(expected)), expected)).toBeLessThan(1e-11);
  });

  it('of a permutation of order three has the permutation as its exponential', () => {
    const cycle = fromRows([1, 2, 0, 4, 5, 3, 7, 8, 6].map((to) => toRows(identity(9))[to]));
    expect(distance(exponential(logRotation(cycle)), cycle)).toBeLessThan(1e-13);
  });

  it('of the identity is zero, in any size', () => {
    for (const size of [0, 1, 2, 5]) expect(maxAbs(logRotation(identity(size)))).toBe(0);
  });
});

describe('the rotation in an orthogonal matrix', () => {
  it('is that of all axes but the one that it turns round', () => {
    // Angles that leave the axis no doubt.
    const clear = fc.array(fc.double({ min: 0, max: 3.1, noNaN: true }), { minLength: 0, maxLength: 3 });
    const cases = clear.chain((list) => fc.tuple(fc.constant(list), frames(2 * list.length + 1)));
    fc.assert(
      fc.property(cases, ([list, frame]) => {
        const size = frame.rows;
        const mirror = diagonal(Float64Array.from({ length: size }, (_, i) => (i === size - 1 ? -1 : 1)));
        const { omega, isReflected } = logOrthogonal(inFrame(frame, multiply(rotationBy(size, list), mirror)));
        expect(isReflected).toBe(true);
        expect(distance(omega, inFrame(frame, planes(size, list)))).toBeLessThan(1e-7);
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it('is its logarithm where it has no reflection', () => {
    fc.assert(
      fc.property(rotations, ([list, frame]) => {
        const rotation = inFrame(frame, rotationBy(frame.rows, list));
        expect(logOrthogonal(rotation)).toEqual({ omega: logRotation(rotation), isReflected: false });
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

describe('the logarithm throws RangeError for', () => {
  it('reflections', () => {
    fc.assert(
      fc.property(rotations, ([list, frame]) => {
        const mirror = diagonal(Float64Array.from({ length: frame.rows }, (_, i) => (i === 0 ? -1 : 1)));
        const rotation = inFrame(frame, rotationBy(frame.rows, list));
        expect(() => logRotation(multiply(rotation, mirror))).toThrow(/reflection/);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it.each([
    [
      'stretched',
      [
        [1.01, 0],
        [0, 1],
      ],
    ],
    [
      'sheared, far from I',
      [
        [0, -1],
        [1, 0.1],
      ],
    ],
    [
      'sheared, near I',
      [
        [1, 0.01],
        [0, 1],
      ],
    ],
    [
      'not a number',
      [
        [NaN, 0],
        [0, 1],
      ],
    ],
  ])('a matrix that is %s', (_, rows) => {
    expect(() => logRotation(fromRows(rows))).toThrow(/not orthogonal/);
  });
});
