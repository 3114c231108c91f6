import type { View } from './views.js';

/** Neurons after which a distance is compared with the one to beat. */
const STEP = 64;

/**
 * Share of stimuli whose population vector, over half of the trials of one session, is nearest (Euclidean distance over the neurons that
 * both have) to that of the same stimulus over half of the trials of another session, or over the other half of the same one. Of two
 * that are as near the first counts.
 */
export function decodingAccuracy(train: View, test: View): number {
  const { stimuli } = train;
  let right = 0;
  for (let i = 0; i < stimuli; i++) {
    const own = distance(train, i, test, i, Infinity);
    let isNearest = own < Infinity;
    for (let j = 0; isNearest && j < stimuli; j++) {
      if (j === i) continue;
      const other = distance(train, j, test, i, own);
      if (j < i ? other <= own : other < own) isNearest = false;
    }
    if (isNearest) right++;
  }
  return right / stimuli;
}

/** Mean squared difference over the neurons that both have; Infinity where it is certainly more than `limit`, or there are none. */
function distance(train: View, j: number, test: View, i: number, limit: number): number {
  const { neurons } = train;
  let sum = 0;
  let used = 0;
  for (let start = 0; start < neurons; start += STEP) {
    for (let n = start; n < Math.min(start + STEP, neurons); n++) {
      const step = test.mean[i * neurons + n] - train.mean[j * neurons + n];
      if (Number.isNaN(step)) continue;
      sum += step * step;
      used++;
    }
    if (sum > limit * neurons) return Infinity;
  }
  return used > 0 ? sum / used : Infinity;
}
