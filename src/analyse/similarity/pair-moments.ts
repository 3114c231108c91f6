import type { Codes } from '../codes/codes.js';
import type { Classes } from './class-gram.js';
import type { StimulusBlocks } from './stimulus-blocks.js';

/** Moments of a neuron in a pair of sessions, noise removed: h_a², h_a h_b, h_b², and the six products of two of these. */
const MOMENTS = 3;
const TERMS = 9;

/** Moments of a pair of sessions, over any blocks of stimuli. */
interface PairMoments {
  /** ‖h_a,i‖² and ‖h_b,i‖² of every stimulus. */
  readonly firstStrengths: Float64Array;
  readonly secondStrengths: Float64Array;
  /**
   * What independent drift would do, over the stimuli outside two blocks (-1: none left out): ρ = sum_i h_a,i.h_b,i / sum_i ‖h_a,i‖² of each
   * class of neurons, and the variance of overlaps that appear by chance,
   *   V = sum over i ≠ j and neurons of 2 ρ² p_i w_j + w_i w_j,   p = h_a², w = (h_b - ρ h_a)² of each neuron.
   */
  without(one: number, two: number): { readonly ratios: Float64Array; readonly chance: number };
}

/** Cost: M N, and N for every choice of blocks. */
export function pairMoments(codes: Codes, a: number, b: number, classes: Classes, blocks: StimulusBlocks): PairMoments {
  const { stimuli, neurons, mean, noise } = codes;
  const firstStrengths = new Float64Array(stimuli);
  const secondStrengths = new Float64Array(stimuli);
  // [neuron, block or all, term].
  const stride = (blocks.count + 1) * TERMS;
  const sums = new Float64Array(neurons * stride);
  const members = Uint32Array.from(classes.flat());
  const add = (at: number, aa: number, ab: number, bb: number): void => {
    sums[at] += aa;
    sums[at + 1] += ab;
    sums[at + 2] += bb;
    sums[at + 3] += aa * aa;
    sums[at + 4] += aa * ab;
    sums[at + 5] += aa * bb;
    sums[at + 6] += ab * ab;
    sums[at + 7] += ab * bb;
    sums[at + 8] += bb * bb;
  };
  for (let i = 0; i < stimuli; i++) {
    const block = blocks.of(i) * TERMS;
    for (const n of members) {
      const [x, y] = [(a * stimuli + i) * neurons + n, (b * stimuli + i) * neurons + n];
      const aa = mean[x] ** 2 - noise[x];
      const ab = mean[x] * mean[y];
      const bb = mean[y] ** 2 - noise[y];
      firstStrengths[i] += aa;
      secondStrengths[i] += bb;
      add(n * stride + block, aa, ab, bb);
      add(n * stride + blocks.count * TERMS, aa, ab, bb);
    }
  }
  const own = new Float64Array(TERMS);
  const gather = (n: number, one: number, two: number, terms: number): void => {
    const start = n * stride;
    for (let k = 0; k < terms; k++) {
      own[k] = sums[start + blocks.count * TERMS + k];
      if (one >= 0) own[k] -= sums[start + one * TERMS + k];
      if (two >= 0) own[k] -= sums[start + two * TERMS + k];
    }
  };
  return {
    firstStrengths,
    secondStrengths,
    without: (one, two) => {
      const ratios = Float64Array.from(classes, (members) => {
        let product = 0;
        let square = 0;
        for (const n of members) {
          gather(n, one, two, MOMENTS);
          square += own[0];
          product += own[1];
        }
        return square > 0 ? product / square : 0;
      });
      let chance = 0;
      classes.forEach((members, c) => {
        for (const n of members) {
          gather(n, one, two, TERMS);
          chance += chanceOverlap(own, ratios[c]);
        }
      });
      return { ratios, chance };
    },
  };
}

/** The neuron's part of V, from sums over stimuli and over their squares: sum over i ≠ j of p_i q_j = (sum p)(sum q) - sum p q. */
function chanceOverlap(own: Float64Array, ratio: number): number {
  const [aa, ab, bb, aaaa, aaab, aabb, abab, abbb, bbbb] = own;
  const square = ratio * ratio;
  const fresh = bb - 2 * ratio * ab + square * aa;
  const withOld = aa * fresh - (aabb - 2 * ratio * aaab + square * aaaa);
  const squares =
    bbbb +
    4 * square * abab +
    square * square * aaaa -
    4 * ratio * abbb +
    2 * square * aabb -
    4 * ratio * square * aaab;
  return 2 * square * withOld + fresh * fresh - squares;
}
