import { replicaStreams } from '#random';
import { describe, expect, it } from 'vitest';
import type { Activity } from './class-gram.js';
import { gramOfFewTrials, gramOfFourGroups, type SessionGram } from './session-gram.js';
import { centredProducts } from './subset-products.js';

const [STIMULI, NEURONS, DRAWS] = [4, 12, 4000];

/** <G, G> over all stimuli, as a session's noisy trials tell it. */
function squareOf({ squares, gram }: SessionGram): number {
  const all = Array.from({ length: STIMULI }, (_, i) => i);
  return squares.reduce(
    (sum, { factor, first, second }) => sum + factor * centredProducts(first.whole, second.whole, gram.size, all).whole,
    0,
  );
}

describe('<G, G> of noisy trials', () => {
  const { normal } = replicaStreams(3, 0);
  const code = Float64Array.from({ length: STIMULI * NEURONS }, () => normal.next() / 2);
  const classes = [Array.from({ length: NEURONS }, (_, n) => n)];
  const trial = (): Activity => code.map((value) => value + 0.7 * normal.next());
  const trials = (count: number): Activity[] => Array.from({ length: count }, trial);
  const clean = gramOfFourGroups([code, code, code, code], STIMULI, classes);

  it.each([
    ['four trials', () => gramOfFourGroups(trials(4), STIMULI, classes)],
    ['three trials', () => gramOfFewTrials(trials(3), trials(3), STIMULI, classes)],
    ['two trials', () => gramOfFewTrials(trials(2), trials(2), STIMULI, classes)],
  ])('is right on average with %s, to a tenth', (_, session) => {
    const truth = squareOf(clean);
    let [sum, squares] = [0, 0];
    for (let k = 0; k < DRAWS; k++) {
      const value = squareOf(session()) / truth;
      sum += value;
      squares += value * value;
    }
    const mean = sum / DRAWS;
    const se = Math.sqrt((squares / DRAWS - mean * mean) / DRAWS);
    expect(se).toBeLessThan(0.03);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * se);
  });
});
