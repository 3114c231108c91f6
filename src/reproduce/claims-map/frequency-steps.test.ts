import { expect, it } from 'vitest';
import { frequencySteps, turningPoints, type FrequencyPoint } from './frequency-steps.js';

const point = (
  labelNoiseVariance: number,
  frequency: number,
  value: number,
  others: number[],
  se = 0,
): FrequencyPoint => ({
  weightDecay: 0.1,
  labelNoiseVariance,
  frequency,
  rate: { value, se },
  others,
});

it('frequencySteps has the slope of the logarithm and the rank, for neighbouring frequencies of each setting', () => {
  const steps = frequencySteps([
    point(0, 0.3, Math.exp(-2), [1, 0.1]),
    point(0.5, 0, 3, []),
    point(0, 0.1, Math.exp(-1), [1, 1]),
    point(0, 0, 1, [0.5]),
    point(0.5, 0.1, 3.3, [1, 2, 3, 4]),
  ]);
  expect(steps.map(({ labelNoiseVariance, from, to, rank }) => [labelNoiseVariance, from, to, rank])).toEqual([
    [0, 0, 0.1, 1],
    [0, 0.1, 0.3, 2],
    [0.5, 0, 0.1, 4],
  ]);
  expect(steps.map(({ slope }) => slope.value)).toEqual([
    expect.closeTo(-10, 12),
    expect.closeTo(-5, 12),
    expect.closeTo(10 * Math.log(1.1), 12),
  ]);
  expect(steps.every(({ slope }) => slope.se === 0)).toBe(true);
});

it('frequencySteps adds the relative errors of both rates in quadrature', () => {
  const [{ slope }] = frequencySteps([point(0, 0, 2, [], 0.06), point(0, 0.2, 1, [], 0.04)]);
  expect(slope.se).toBeCloseTo(0.05 / 0.2, 12);
});

it('turningPoints interpolates the zero of the slope in the logarithm of the label noise', () => {
  // Slopes -2, -1, 1 at noise 0.01, 0.1, 1: the zero lies half way between 0.1 and 1 in the logarithm.
  const rates: [number, number][] = [
    [0.01, -0.2],
    [0.1, -0.1],
    [1, 0.1],
  ];
  const steps = frequencySteps(
    rates.flatMap(([noise, logarithm]) => [point(noise, 0, 1, []), point(noise, 0.1, Math.exp(logarithm), [])]),
  );
  expect(turningPoints(steps)).toEqual([
    { weightDecay: 0.1, from: 0, to: 0.1, labelNoiseVariance: expect.closeTo(Math.sqrt(0.1), 10) as number },
  ]);
});
