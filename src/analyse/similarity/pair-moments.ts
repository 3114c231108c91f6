import type { Codes } from '../codes/codes.js';
import type { Classes } from './class-gram.js';
import type { StimulusBlocks } from './stimulus-blocks.js';

/** Moments of a neuron in a pair of sessions, noise removed: h_a², h_a h_b, h_b². */
const MOMENTS = 3;
/** Products of two of these: which. */
const PRODUCTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 2],
  [2, 2],
] as const;

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
  const { stimuli } = codes;
  const firstStrengths = new Float64Array(stimuli);
  const secondStrengths = new Float64Array(stimuli);
  const members = Uint32Array.from(classes.flat());
  const width = members.length;
  const ends = endsOf(classes);
  // Over each block and over all: moments of neurons, [moment, neuron] class by class, and their products, [class, product].
  const moments = vectors(blocks.count + 1, MOMENTS * width);
  const products = vectors(blocks.count + 1, PRODUCTS.length * classes.length);
  const own = new Float64Array(MOMENTS * width);
  for (let block = 0; block < blocks.count; block++) {
    for (let i = blocks.bounds[block]; i < blocks.bounds[block + 1]; i++) {
      takeMoments(codes, a * stimuli + i, b * stimuli + i, members, own);
      firstStrengths[i] = total(own, 0, width);
      secondStrengths[i] = total(own, 2 * width, 3 * width);
      add(moments[block], own);
      addProducts(products[block], own, ends);
    }
    add(moments[blocks.count], moments[block]);
    add(products[blocks.count], products[block]);
  }
  const momentsLeft = new Float64Array(MOMENTS * width);
  const productsLeft = new Float64Array(PRODUCTS.length * classes.length);
  return {
    firstStrengths,
    secondStrengths,
    without: (one, two) => {
      takeOutside(moments, one, two, momentsLeft);
      takeOutside(products, one, two, productsLeft);
      return independentDrift(momentsLeft, productsLeft, ends);
    },
  };
}

/** Where each class of neurons ends, one class after the other. */
function endsOf(classes: Classes): readonly number[] {
  let end = 0;
  return classes.map(({ length }) => (end += length));
}

const vectors = (count: number, length: number): readonly Float64Array[] =>
  Array.from({ length: count }, () => new Float64Array(length));

/** Moments of the members in two rows, of a session and stimulus each. */
function takeMoments(
  { neurons, mean, noise }: Codes,
  first: number,
  second: number,
  members: Uint32Array,
  into: Float64Array,
): void {
  const width = members.length;
  for (let k = 0; k < width; k++) {
    const [x, y] = [first * neurons + members[k], second * neurons + members[k]];
    into[k] = mean[x] * mean[x] - noise[x];
    into[width + k] = mean[x] * mean[y];
    into[2 * width + k] = mean[y] * mean[y] - noise[y];
  }
}

function add(sums: Float64Array, own: Float64Array): void {
  for (let k = 0; k < sums.length; k++) sums[k] += own[k];
}

function addProducts(sums: Float64Array, moments: Float64Array, ends: readonly number[]): void {
  const width = moments.length / MOMENTS;
  let start = 0;
  let at = 0;
  for (const end of ends) {
    for (const [one, two] of PRODUCTS) {
      const [from, other] = [one * width, two * width];
      let sum = 0;
      for (let k = start; k < end; k++) sum += moments[from + k] * moments[other + k];
      sums[at++] += sum;
    }
    start = end;
  }
}

function total(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let k = start; k < end; k++) sum += values[k];
  return sum;
}

/** Of sums over each block and over all, last, the sum over all blocks but two. */
function takeOutside(sums: readonly Float64Array[], one: number, two: number, into: Float64Array): void {
  into.set(sums[sums.length - 1]);
  for (const block of [one, two]) {
    if (block < 0) continue;
    const own = sums[block];
    for (let k = 0; k < into.length; k++) into[k] -= own[k];
  }
}

/** ρ of each class and V, from sums over stimuli of moments and of their products. */
function independentDrift(
  moments: Float64Array,
  products: Float64Array,
  ends: readonly number[],
): { readonly ratios: Float64Array; readonly chance: number } {
  const width = moments.length / MOMENTS;
  const ratios = new Float64Array(ends.length);
  let chance = 0;
  ends.forEach((end, c) => {
    const start = c === 0 ? 0 : ends[c - 1];
    const square = total(moments, start, end);
    const ratio = square > 0 ? total(moments, width + start, width + end) / square : 0;
    ratios[c] = ratio;
    chance += chanceOfAll(moments, start, end, ratio);
    chance -= chanceOfOne(products.subarray(c * PRODUCTS.length, (c + 1) * PRODUCTS.length), ratio);
  });
  return { ratios, chance };
}

/** What V would be if i = j counted, too, of some neurons: sum of 2 ρ² (sum_i p_i) (sum_i w_i) + (sum_i w_i)². */
function chanceOfAll(moments: Float64Array, start: number, end: number, ratio: number): number {
  const width = moments.length / MOMENTS;
  const square = ratio * ratio;
  let sum = 0;
  for (let k = start; k < end; k++) {
    const old = moments[k];
    const fresh = moments[2 * width + k] - 2 * ratio * moments[width + k] + square * old;
    sum += fresh * (2 * square * old + fresh);
  }
  return sum;
}

/** The part of i = j in that: sum of 2 ρ² p_i w_i + w_i². */
function chanceOfOne([aaaa, aaab, aabb, abab, abbb, bbbb]: Float64Array, ratio: number): number {
  const square = ratio * ratio;
  const withOld = aabb - 2 * ratio * aaab + square * aaaa;
  const squares =
    bbbb +
    4 * square * abab +
    square * square * aaaa -
    4 * ratio * abbb +
    2 * square * aabb -
    4 * ratio * square * aaab;
  return 2 * square * withOld + squares;
}
