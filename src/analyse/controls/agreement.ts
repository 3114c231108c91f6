import { combine, jackknifeError, measured, UNKNOWN, type Jackknifed } from '../codes/jackknife.js';
import type { Findings } from '../findings.js';
import { exp } from '#random';
import { displacementLaw } from '../pairs/displacement-law.js';
import { overPairs } from '../pairs/pair-sums.js';
import type { Agreement, RecordingReport } from '../report.js';
import { FAILS_BELOW, isDirected, probabilityOfZero } from './significance.js';

const NO_AGREEMENT: Agreement = { first: UNKNOWN, second: UNKNOWN, z: null, agrees: null };

/** Two ways to D, and the self-correlation at long gaps from the law at short ones. */
export function agreements(findings: Findings): RecordingReport['agreement'] {
  const { pairs, population, law } = findings;
  const all = pairs.pairs.map((_, p) => p);
  const second = displacementLaw(pairs, all, law.directed);
  return {
    diffusion: law.directed ? compared(population.diffusion, second.diffusion) : NO_AGREEMENT,
    fluctuation: law.directed ? compared(population.fluctuation, second.fluctuation) : NO_AGREEMENT,
    decay: decay(findings),
  };
}

/**
 * The law 2F + D dt (+ |v|² dt²) is fitted to pairs whose gap is at most half of the span; (1 - F/‖h‖²) exp(-(D dt + |v|² dt²)/2‖h‖²) is then
 * compared with the mean self-correlation of the others.
 */
function decay(findings: Findings): Agreement {
  const { pairs, population, codes } = findings;
  const half = (codes.times[codes.sessions - 1] - codes.times[0]) / 2;
  const short = pairs.pairs.flatMap(({ gap }, p) => (gap <= half * (1 + 1e-9) ? [p] : []));
  const long = pairs.pairs.flatMap(({ gap }, p) => (gap > half * (1 + 1e-9) ? [p] : []));
  const gaps = new Set(short.map((p) => pairs.pairs[p].gap));
  if (codes.sessions < 5 || gaps.size < 2 || long.length === 0) return NO_AGREEMENT;
  const directed = isDirected(findings) && gaps.size > 2;
  const { diffusion, fluctuation, quadratic } = displacementLaw(pairs, short, directed);
  const rateAt = (gap: number, d: number, v2: number): number => d + (directed ? v2 * gap : 0);
  const predicted = combine([population.strength, diffusion, fluctuation, quadratic], (h2, d, f, v2) =>
    long.reduce((sum, p) => {
      const { gap } = pairs.pairs[p];
      return sum + predictedSelfCorrelation(h2, f, rateAt(gap, d, v2), gap) / long.length;
    }, 0),
  );
  const seen = overPairs(pairs.blocks, long, (pair, without) => pairs.selfCorrelation(pair, without));
  // A walk that keeps its length and one that does not differ by the square of what is lost, (D dt/‖h‖²)²/4.
  const longest = Math.max(...long.map((p) => pairs.pairs[p].gap));
  const lost = (longest * rateAt(longest, diffusion.value, quadratic.value)) / population.strength.value;
  return compared(predicted, seen, lost ** 2 / 4);
}

/** (1 - F/‖h‖²) exp(-D dt / 2‖h‖²). */
export const predictedSelfCorrelation = (h2: number, fluctuation: number, diffusion: number, gap: number): number =>
  (1 - fluctuation / h2) * exp((-diffusion * gap) / (2 * h2));

/** `tolerance`: what the two may differ by apart from errors. */
function compared(first: Jackknifed, second: Jackknifed, tolerance = 0): Agreement {
  const difference = combine([first, second], (a, b) => b - a);
  const se = jackknifeError(difference);
  if (!Number.isFinite(difference.value) || !(se > 0)) {
    return { first: measured(first), second: measured(second), z: null, agrees: null };
  }
  return {
    first: measured(first),
    second: measured(second),
    z: difference.value / se,
    agrees: Math.abs(difference.value) <= tolerance || probabilityOfZero(difference) >= FAILS_BELOW,
  };
}
