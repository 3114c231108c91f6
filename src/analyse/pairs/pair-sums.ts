import { BlockSums, type Blocks } from '../codes/blocks.js';
import type { Codes } from '../codes/codes.js';
import { jackknife, type Jackknifed } from '../codes/jackknife.js';

/** Terms of a pair of sessions: cells in both, (x̄_b - x̄_a)², their noise, x̄_a x̄_b, and what noise leaves of x̄_a² and x̄_b². */
const [COUNT, RAW, NOISE, PRODUCT, FIRST, SECOND] = [0, 1, 2, 3, 4, 5];
const TERMS = 6;

/** Every pair of sessions a < b, over the neurons recorded in both, summed over stimuli and blocks of neurons. */
export interface PairSums {
  readonly pairs: readonly {
    readonly sessions: readonly [number, number];
    readonly gap: number;
    readonly neurons: number;
  }[];
  readonly blocks: number;
  /** Values of the pair are N times means over cells, N neurons; without a block of neurons, or with all (-1). */
  raw(pair: number, without: number): number;
  displacement(pair: number, without: number): number;
  /** c = x̄_a.x̄_b / (‖h_a‖ ‖h_b‖); NaN where noise leaves no strength. */
  selfCorrelation(pair: number, without: number): number;
  /** x̄_a.x̄_b/‖h_a‖² and x̄_a.x̄_b/‖h_b‖². */
  forward(pair: number, without: number): number;
  backward(pair: number, without: number): number;
}

export function pairSums(codes: Codes, blocks: Blocks): PairSums {
  const { sessions, times, stimuli, neurons, mean, noise } = codes;
  const pairs: PairSums['pairs'][number][] = [];
  for (let a = 0; a < sessions; a++) {
    for (let b = a + 1; b < sessions; b++) pairs.push({ sessions: [a, b], gap: times[b] - times[a], neurons: 0 });
  }
  const sums = new BlockSums(pairs.length, blocks.count, TERMS);
  const counted = pairs.map((pair, p) => {
    const [a, b] = pair.sessions;
    const own = sums.ofItem(p);
    const shared = new Uint8Array(neurons);
    // Stimulus by stimulus, as the values lie in memory.
    for (let i = 0; i < stimuli; i++) {
      for (let n = 0; n < neurons; n++) {
        const first = (a * stimuli + i) * neurons + n;
        const second = (b * stimuli + i) * neurons + n;
        const [x, y] = [mean[first], mean[second]];
        if (Number.isNaN(x) || Number.isNaN(y)) continue;
        shared[n] = 1;
        const at = blocks.of(n) * TERMS;
        own[at + COUNT]++;
        own[at + RAW] += (y - x) ** 2;
        own[at + NOISE] += noise[first] + noise[second];
        own[at + PRODUCT] += x * y;
        own[at + FIRST] += x * x - noise[first];
        own[at + SECOND] += y * y - noise[second];
      }
    }
    return { ...pair, neurons: shared.reduce((sum, own) => sum + own, 0) };
  });
  sums.total();
  const get = (pair: number, term: number, without: number): number => sums.get(pair, term, without);
  return {
    pairs: counted,
    blocks: blocks.count,
    raw: (pair, without) => (neurons * get(pair, RAW, without)) / get(pair, COUNT, without),
    displacement: (pair, without) =>
      (neurons * (get(pair, RAW, without) - get(pair, NOISE, without))) / get(pair, COUNT, without),
    selfCorrelation: (pair, without) => {
      const [first, second] = [get(pair, FIRST, without), get(pair, SECOND, without)];
      return first > 0 && second > 0 ? get(pair, PRODUCT, without) / Math.sqrt(first * second) : NaN;
    },
    forward: (pair, without) => get(pair, PRODUCT, without) / get(pair, FIRST, without),
    backward: (pair, without) => get(pair, PRODUCT, without) / get(pair, SECOND, without),
  };
}

/** Pairs of about one gap. */
export interface GapGroup {
  readonly gap: number;
  readonly pairs: readonly number[];
}

const MAX_GAPS = 24;

/** Pairs by their gap: one group a gap where there are few different ones, else groups of about as many pairs each. */
export function gapGroups(pairs: PairSums['pairs']): readonly GapGroup[] {
  const order = pairs.map((_, p) => p).sort((a, b) => pairs[a].gap - pairs[b].gap);
  const groups: number[][] = [];
  const span = order.length > 0 ? pairs[order[order.length - 1]].gap : 0;
  for (const p of order) {
    const last = groups.at(-1);
    if (last && pairs[p].gap - pairs[last[0]].gap <= 1e-9 * span) last.push(p);
    else groups.push([p]);
  }
  const merged = groups.length > MAX_GAPS ? equalParts(order, MAX_GAPS) : groups;
  return merged.map((members) => ({
    gap: members.reduce((sum, p) => sum + pairs[p].gap, 0) / members.length,
    pairs: members,
  }));
}

const equalParts = (order: readonly number[], count: number): number[][] =>
  Array.from({ length: count }, (_, k) =>
    order.slice(Math.round((k * order.length) / count), Math.round(((k + 1) * order.length) / count)),
  ).filter((members) => members.length > 0);

/** Mean of a value of pairs over a group; pairs without it do not count. */
export function overPairs(
  blocks: number,
  members: readonly number[],
  value: (pair: number, without: number) => number,
): Jackknifed {
  return jackknife(blocks, (without) => {
    let sum = 0;
    let count = 0;
    for (const pair of members) {
      const own = value(pair, without);
      if (Number.isNaN(own)) continue;
      sum += own;
      count++;
    }
    return sum / count;
  });
}
