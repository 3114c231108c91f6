import { expect, it } from 'vitest';
import type { Codes } from '../codes/codes.js';
import { GramsOfCodes } from './grams-of-codes.js';

const [SESSIONS, STIMULI, NEURONS, TRIALS] = [2, 4, 18, 3];

/** Neurons that all have h² = 1 and this variance of means by trial noise. */
function codes(noise: number): Codes {
  const cells = SESSIONS * STIMULI * NEURONS;
  return {
    ...{ sessions: SESSIONS, stimuli: STIMULI, neurons: NEURONS, trials: TRIALS, times: [0, 1] },
    ...{ groups: null, parts: null },
    mean: new Float64Array(cells).fill(Math.sqrt(1 + noise)),
    noise: new Float64Array(cells).fill(noise),
  };
}
const classesAt = (noise: number): number => new GramsOfCodes(codes(noise)).pair(0, 1).classes.length;

it('classes of neurons are merged until noise leaves five errors of the strength of the weakest', () => {
  expect(classesAt(0)).toBe(6);
  // A class of three: 4 (3 h²)² = 25 * 3 (4 h² ν + 3 ν²) in a session of 4 stimuli and 3 trials.
  const threshold = (-300 + Math.sqrt(300 ** 2 + 4 * 225 * 36)) / (2 * 225);
  expect(classesAt(0.95 * threshold)).toBe(6);
  expect(classesAt(1.05 * threshold)).toBe(5);
  expect(classesAt(100)).toBe(1);
});
