import { expect, it } from 'vitest';
import { CodePath } from './path.js';

const at = (step: number) => ({
  step,
  places: new Float32Array(3),
  jitter: new Float32Array(3),
  cosines: new Float64Array(1),
  byProcess: false,
});

it('a path keeps its start and its end, and thins what is older the more', () => {
  const path = new CodePath();
  for (let step = 0; step <= 100_000; step++) path.add(at(step));
  const steps = path.points.map(({ step }) => step);
  expect(steps.length).toBeLessThanOrEqual(900);
  expect(steps.length).toBeGreaterThan(450);
  expect(steps[0]).toBe(0);
  expect(steps.at(-1)).toBe(100_000);
  const gaps = steps.slice(1).map((step, k) => step - steps[k]);
  expect(Math.max(...gaps.slice(-100))).toBe(1);
  expect(gaps[0]).toBeGreaterThan(1000);
  // Older gaps are as large or larger.
  expect(gaps.every((gap, k) => k === 0 || gap <= gaps[k - 1])).toBe(true);
});

it('a path is found by its steps', () => {
  const path = new CodePath();
  for (const step of [0, 10, 20]) path.add(at(step));
  expect([-1, 0, 9, 10, 25].map((step) => path.countUpTo(step))).toEqual([0, 1, 1, 2, 3]);
});
