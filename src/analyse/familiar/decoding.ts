import type { PairSums } from '../pairs/pair-sums.js';
import { finiteMean, type View } from './views.js';

/** Pairs of sessions that are decoded at most: each costs stimuli² x neurons. */
const MAX_PAIRS = 60;

/**
 * Share of stimuli whose population vector, over half of the trials of one session, is nearest (Euclidean distance) to that of the same
 * stimulus in another session; within a session between its halves, which is its ceiling. At most 60 pairs, spread evenly.
 */
export function decodingAccuracy(
  pairs: PairSums['pairs'],
  views: readonly View[],
  within: readonly (readonly [View, View] | null)[],
): { readonly between: readonly number[]; readonly withinSession: number } {
  const stride = Math.max(1, Math.ceil(pairs.length / MAX_PAIRS));
  const between = pairs.map(({ sessions: [a, b] }, p) => {
    if (p % stride !== 0) return NaN;
    const test = within[b]?.[1] ?? views[b];
    return accuracy(within[a]?.[0] ?? views[a], test);
  });
  return { between, withinSession: finiteMean(within.map((parts) => (parts ? accuracy(parts[0], parts[1]) : NaN))) };
}

function accuracy(train: View, test: View): number {
  const { stimuli, neurons } = train;
  let right = 0;
  for (let i = 0; i < stimuli; i++) {
    let [best, least] = [-1, Infinity];
    for (let j = 0; j < stimuli; j++) {
      let distance = 0;
      let used = 0;
      for (let n = 0; n < neurons; n++) {
        const step = test.mean[i * neurons + n] - train.mean[j * neurons + n];
        if (Number.isNaN(step)) continue;
        distance += step * step;
        used++;
      }
      if (used > 0 && distance / used < least) [best, least] = [j, distance / used];
    }
    if (best === i) right++;
  }
  return right / stimuli;
}
