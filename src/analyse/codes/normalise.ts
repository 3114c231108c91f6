import type { Normalisation } from '../report.js';
import { scaled, type Codes } from './codes.js';

/**
 * `gain` divides each session by the root of its strength relative to the mean over sessions; `neuron` each neuron by the root of its
 * strength over all sessions, so that all count alike (a neuron whose strength is not above its noise is left out).
 */
export function normalised(codes: Codes, how: Normalisation): Codes {
  if (how === 'none') return codes;
  if (how === 'gain') {
    const gains = sessionGains(codes);
    return scaled(codes, (session) => 1 / gains[session]);
  }
  const strengths = meanStrengths(codes, codes.neurons, (_, neuron) => neuron);
  return scaled(codes, (_, neuron) => (strengths[neuron] > 0 ? 1 / Math.sqrt(strengths[neuron]) : NaN));
}

/** The gain of each session: root of its strength over the mean strength; 1 where noise leaves none. */
function sessionGains(codes: Codes): readonly number[] {
  const strengths = meanStrengths(codes, codes.sessions, (session) => session);
  const mean = strengths.reduce((sum, value) => sum + value, 0) / strengths.length;
  return Array.from(strengths, (value) => (value > 0 && mean > 0 ? Math.sqrt(value / mean) : 1));
}

/** Mean of x̄² - noise over the cells of each group, groups by session and neuron. */
function meanStrengths(
  { sessions, stimuli, neurons, mean, noise }: Codes,
  groups: number,
  of: (session: number, neuron: number) => number,
): Float64Array {
  const sums = new Float64Array(groups);
  const counts = new Float64Array(groups);
  for (let s = 0, c = 0; s < sessions; s++) {
    for (let i = 0; i < stimuli; i++) {
      for (let n = 0; n < neurons; n++, c++) {
        if (Number.isNaN(mean[c])) continue;
        const group = of(s, n);
        sums[group] += mean[c] ** 2 - noise[c];
        counts[group]++;
      }
    }
  }
  return sums.map((sum, group) => sum / (counts[group] || 1));
}
