import { replicaStreams } from '#random';
import { describe, expect, it } from 'vitest';
import type { Activity } from './class-gram.js';
import { gramOfFewTrials, gramOfFourGroups, type SessionGram } from './session-gram.js';
import { plainSquare, squaredProduct } from './session-products.js';
import { stimulusBlocks } from './stimulus-blocks.js';
import { SumsOfMatrices } from './subset-products.js';

const [STIMULI, NEURONS, DRAWS] = [4, 12, 4000];

const blocks = stimulusBlocks(STIMULI);
const all = blocks.without(-1, -1);

/** <G, G> over all stimuli, as a session's noisy trials tell it. */
function squareOf(session: SessionGram): number {
  return plainSquare(session, new SumsOfMatrices(blocks))((products) => products.whole(all));
}

describe('products of noisy trials', () => {
  const { normal } = replicaStreams(3, 0);
  const code = (): Activity => Float64Array.from({ length: STIMULI * NEURONS }, () => normal.next() / 2);
  const [one, two] = [code(), code()];
  const classes = [Array.from({ length: NEURONS }, (_, n) => n)];
  const trials = (count: number, own: Activity): Activity[] =>
    Array.from({ length: count }, () => own.map((value) => value + 0.7 * normal.next()));
  const four = (own: Activity) => gramOfFourGroups(trials(4, own), STIMULI, classes);
  const few = (count: number) => (own: Activity) =>
    gramOfFewTrials(trials(count, own), trials(count, own), STIMULI, classes);
  const clean = (own: Activity) => gramOfFourGroups([own, own, own, own], STIMULI, classes);

  /** Mean of draws in parts of the truth. */
  function expectMean(truth: number, draw: () => number): void {
    let [sum, squares] = [0, 0];
    for (let k = 0; k < DRAWS; k++) {
      const value = draw() / truth;
      sum += value;
      squares += value * value;
    }
    const mean = sum / DRAWS;
    const se = Math.sqrt((squares / DRAWS - mean * mean) / DRAWS);
    expect(se).toBeLessThan(0.03);
    expect(Math.abs(mean - 1)).toBeLessThan(4 * se);
  }

  describe.each([
    ['four trials', four],
    ['three trials', few(3)],
    ['two trials', few(2)],
  ])('with %s', (_, session) => {
    it('<G, G> is right on average, to a tenth', () => {
      expectMean(squareOf(clean(one)), () => squareOf(session(one)));
    });

    it('<G_a, G_b>² is right on average, to a tenth', () => {
      const squared = (a: SessionGram, b: SessionGram): number => squaredProduct(a, b, new SumsOfMatrices(blocks))(all);
      expectMean(squared(clean(one), clean(two)), () => squared(session(one), session(two)));
    });
  });
});
