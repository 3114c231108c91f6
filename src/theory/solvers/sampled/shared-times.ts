import { exp } from '#random';
import { CELL } from '../commuting/gradient-noise.js';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';
import { timeNodes, type TimeNodes } from './time-nodes.js';

/** The times since the displacements of `count` rotations, and the places of those of each time in the list of all. */
interface SharedTimes {
  readonly nodes: TimeNodes;
  readonly placesOf: readonly (readonly number[])[];
}

/** Each time has its share by weight_q sum mu_i C_ii exp(-2 mu_i t_q), at least one place, and places all over the list: equal parts of it are alike. */
export function sharedTimes(
  { rank, columns }: CommutingModes,
  { counts, curvature }: ModeBlocks,
  noise: Float64Array,
  count: number,
): SharedTimes {
  const rates: number[] = [];
  const energies: number[] = [];
  for (let a = 0; a < rank; a++) {
    for (let c = a; c < columns; c++) {
      const cell = a * columns + c;
      for (let k = 0; k < counts[cell]; k++) {
        const mu = curvature[cell * MAX_MODES + k];
        rates.push(2 * mu);
        energies.push(mu * noise[cell * CELL + k * (MAX_MODES + 1)]);
      }
    }
  }
  const slowest = rates.reduce((least, rate) => Math.min(least, rate), Infinity);
  const fastest = rates.reduce((most, rate) => Math.max(most, rate), 0);
  const nodes = timeNodes(slowest, fastest);
  const shares = nodes.times.map(
    (time, q) => nodes.weights[q] * energies.reduce((sum, energy, i) => sum + energy * exp(-rates[i] * time), 0),
  );
  return { nodes, placesOf: places(placeCounts(shares, count)) };
}

/** At least one for each share, the others in proportion, the largest remainders first. */
function placeCounts(shares: Float64Array, count: number): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const free = Math.max(count - shares.length, 0);
  const exact = Array.from(shares, (share) => (total > 0 ? (free * share) / total : free / shares.length));
  const counts = exact.map((value) => 1 + Math.floor(value));
  const order = exact.map((_, q) => q).sort((p, q) => (exact[q] % 1) - (exact[p] % 1) || p - q);
  const left = count - counts.reduce((sum, own) => sum + own, 0);
  for (const q of order.slice(0, Math.max(left, 0))) counts[q]++;
  return counts;
}

/** The list in which the k-th of n of a kind stands at (k + 1/2) / n of its length. */
function places(counts: readonly number[]): number[][] {
  const all = counts.flatMap((n, q) => Array.from({ length: n }, (_, k) => ({ q, at: (k + 0.5) / n })));
  all.sort((a, b) => a.at - b.at || a.q - b.q);
  const result: number[][] = counts.map(() => []);
  all.forEach(({ q }, place) => result[q].push(place));
  return result;
}
