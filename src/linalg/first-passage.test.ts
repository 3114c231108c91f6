import { describe, expect, it } from 'vitest';
import { exponential } from './exponential.js';
import { firstPassage, passageDelays } from './first-passage.js';
import { LinearFlow } from './linear-flow.js';
import { add, apply, diagonal, dot, fromRows, scale, zeros, type Matrix } from './matrix.js';

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);

/** c^T exp(tA) c by the exponential of the whole time. */
const course = (a: Matrix, c: Float64Array, time: number): number => dot(c, apply(exponential(scale(a, time)), c));

/** Directed rotation beside decay at rates that differ by a factor of a hundred. */
const turning = (speed: number): Matrix =>
  fromRows([
    [-2e-9, speed, 0],
    [-speed, -1e-9, 3e-10],
    [0, -3e-10, -1e-7],
  ]);

describe('the first passage of a linear flow', () => {
  it('is ln(1/level) over the rate of a single decay, whatever its scale', () => {
    for (const rate of [1e-15, 3, 1e8]) {
      const time = firstPassage(new LinearFlow(diagonal([-rate, -5 * rate])), numbers(1, 0), 0.5);
      expect((time ?? NaN) * rate).toBeCloseTo(Math.LN2, 11);
    }
  });

  it.each([
    ['decays with many rates', diagonal([-1e-9, -1e-8, -3e-7])],
    ['decays in directions that are coupled', turning(0)],
    ['turns while it decays', turning(1e-8)],
  ])('is where the exponential reaches the level, of a vector that %s', (_, a) => {
    const c = numbers(1, 0.4, -0.3);
    const level = 0.55 * dot(c, c);
    const time = firstPassage(new LinearFlow(a), c, level) ?? NaN;
    expect(course(a, c, time) / level).toBeCloseTo(1, 9);
    for (const before of [0.2, 0.6, 0.999]) expect(course(a, c, before * time)).toBeGreaterThan(level);
  });

  it('steps over none of the minima of an oscillation, and finds the first that is deep enough', () => {
    // cos(t) exp(-t / 100) on a pedestal: the minima rise, those of the pedestal fall.
    const a = fromRows([
      [-0.001, 1, 0],
      [-1, -0.001, 0],
      [0, 0, -0.01],
    ]);
    const c = numbers(0.6, 0, Math.sqrt(0.64));
    // Minima are -0.36 + 0.64 exp(-0.01 t) at odd multiples of pi: below 0.1 from 11 pi on.
    const time = firstPassage(new LinearFlow(a), c, 0.1) ?? NaN;
    const deep = (n: number): boolean => course(a, c, n * Math.PI) < 0.1;
    const first = [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35].find(deep) ?? NaN;
    expect(first).toBeGreaterThan(5);
    expect(Math.abs(time / Math.PI - first)).toBeLessThan(1);
    expect(course(a, c, time)).toBeCloseTo(0.1, 9);
  });

  it('is null where nothing moves, where the course stays above the level, and where it begins below', () => {
    expect(firstPassage(new LinearFlow(zeros(2, 2)), numbers(1, 1), 1)).toBeNull();
    expect(firstPassage(new LinearFlow(diagonal([0, -1])), numbers(1, 0.5), 0.6)).toBeNull();
    const rotation = fromRows([
      [0, 1, 0],
      [-1, 0, 0],
      [0, 0, 0],
    ]);
    expect(firstPassage(new LinearFlow(rotation), numbers(0.3, 0, 1), 0.5)).toBeNull();
    expect(firstPassage(new LinearFlow(diagonal([-1, -1])), numbers(1, 0), 1)).toBeNull();
  });
});

describe('the delays of a passage', () => {
  it('are the first-order changes of its time by generator, vector and level', () => {
    const c = numbers(1, 0.4, -0.3);
    for (const a of [turning(0), turning(1e-8)]) {
      const passage = (da: Matrix, dc: Float64Array, level: number): number =>
        firstPassage(
          new LinearFlow(add(a, da)),
          c.map((value, i) => value + dc[i]),
          0.55 * dot(c, c) + level,
        ) ?? NaN;
      const none = { generator: zeros(3, 3), c: new Float64Array(3), level: 0 };
      const time = passage(none.generator, none.c, 0);
      const changes = [
        {
          ...none,
          generator: scale(
            fromRows([
              [-3, 1, 2],
              [-1, -2, 0.5],
              [2, -0.5, -4],
            ]),
            1e-13,
          ),
        },
        { ...none, c: numbers(1e-5, -2e-5, 3e-5) },
        { ...none, level: 1e-5 },
      ];
      const delays = passageDelays(new LinearFlow(a), c, time, changes);
      changes.forEach(({ generator, c: change, level }, i) => {
        const expected = passage(generator, change, level) - time;
        expect(delays[i] / expected).toBeCloseTo(1, 2);
      });
    }
  });
});
