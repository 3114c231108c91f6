import { BlockSums } from '../codes/blocks.js';
import { jackknife, measured } from '../codes/jackknife.js';
import type { Findings } from '../findings.js';
import type { RecordingReport } from '../report.js';
import { normalQuantile } from './normal-quantile.js';

const QUANTILES = 41;
const MIN_INCREMENTS = 10;

/**
 * Increments of single neurons between neighbouring sessions, each neuron in units of its own root mean square: their quantiles beside those of a normal
 * deviate, and their excess kurtosis, 0 for a Gaussian walk, trial noise included. Dividing by a root mean square of m increments lowers the fourth
 * moment by (m + 2)/m, which is undone.
 */
export function incrementStatistics({ codes, blocks }: Findings): RecordingReport['increments'] {
  const { sessions, stimuli, neurons, mean } = codes;
  const sums = new BlockSums(1, blocks.count, 2);
  const scaled: number[] = [];
  for (let n = 0; n < neurons; n++) {
    const own: number[] = [];
    for (let s = 1; s < sessions; s++) {
      for (let i = 0; i < stimuli; i++) {
        const cell = (s * stimuli + i) * neurons + n;
        const increment = mean[cell] - mean[cell - stimuli * neurons];
        if (Number.isFinite(increment)) own.push(increment);
      }
    }
    const square = own.reduce((sum, value) => sum + value * value, 0) / own.length;
    if (own.length < MIN_INCREMENTS || !(square > 0)) continue;
    const terms = sums.own(0, blocks.of(n));
    for (const value of own) {
      const unit = value / Math.sqrt(square);
      scaled.push(unit);
      terms[0] += (unit * unit * (unit * unit) * (own.length + 2)) / own.length;
      terms[1]++;
    }
  }
  sums.total();
  const kurtosis = jackknife(blocks.count, (without) => sums.get(0, 0, without) / sums.get(0, 1, without) - 3);
  const sorted = Float64Array.from(scaled).sort();
  const at = Array.from({ length: sorted.length > 0 ? QUANTILES : 0 }, (_, k) => (k + 0.5) / QUANTILES);
  return {
    expected: at.map(normalQuantile),
    observed: at.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]),
    kurtosis: measured(kurtosis),
  };
}
