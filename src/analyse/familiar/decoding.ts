import type { View } from './views.js';

/**
 * Share of stimuli whose population vector, over half of the trials of one session, is nearest (Euclidean distance over the neurons that
 * both have) to that of the same stimulus over half of the trials of another session, or over the other half of the same one.
 */
export function decodingAccuracy(train: View, test: View): number {
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
