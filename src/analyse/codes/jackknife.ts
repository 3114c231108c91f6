import { studentPoint } from '#measure';
import { cubeRoot } from '#random';
import type { Measured } from '../report.js';

export const UNKNOWN: Measured = { value: null, se: null, interval95: null };

/** A statistic of all neurons, and of all without each block. */
export interface Jackknifed {
  readonly value: number;
  readonly without: Float64Array;
}

export function jackknife(blocks: number, statistic: (without: number) => number): Jackknifed {
  return { value: statistic(-1), without: Float64Array.from({ length: blocks }, (_, b) => statistic(b)) };
}

/** The same of several statistics that are computed together. */
export function jackknifeAll(
  blocks: number,
  statistics: (without: number) => ArrayLike<number>,
): readonly Jackknifed[] {
  const all = statistics(-1);
  const each = Array.from({ length: blocks }, (_, b) => statistics(b));
  return Array.from({ length: all.length }, (_, k) => ({
    value: all[k],
    without: Float64Array.from(each, (values) => values[k]),
  }));
}

/** Standard error of delete-block jackknife: sqrt((B - 1)/B sum (θ_(-b) - mean)²). */
export function jackknifeError({ without }: Jackknifed): number {
  const count = without.length;
  const mean = meanOf(without);
  let squares = 0;
  for (const value of without) squares += (value - mean) ** 2;
  return Math.sqrt(((count - 1) / count) * squares);
}

/** Blocks from which the bias of a ratio is small enough to be known by its first order. */
const MIN_FOR_BIAS = 10;

/**
 * The statistic without its bias of first order in 1/neurons, which ratios have: B θ - (B - 1) mean θ_(-b). As it is with fewer
 * than 10 blocks, where a ratio without one of them may be anything.
 */
export function withoutBias({ value, without }: Jackknifed): Jackknifed {
  if (without.length < MIN_FOR_BIAS) return { value, without };
  const bias = (without.length - 1) * (meanOf(without) - value);
  return { value: value - bias, without: without.map((own) => own - bias) };
}

/** Combination of statistics of the same blocks. */
export function combine(parts: readonly Jackknifed[], of: (...values: number[]) => number): Jackknifed {
  return {
    value: of(...parts.map(({ value }) => value)),
    without: parts[0].without.map((_, b) => of(...parts.map(({ without }) => without[b]))),
  };
}

/**
 * The statistic with its error and 95% interval. Influences of the neurons on a sum of squares are skewed, so that symmetric
 * intervals miss on one side: the interval is Hall's (1992, J. R. Stat. Soc. B 54, 221), of a studentised mean whose skewness is that of
 * the influences.
 */
export function measured(statistic: Jackknifed): Measured {
  const { value } = statistic;
  if (!Number.isFinite(value)) return UNKNOWN;
  const se = jackknifeError(statistic);
  if (!Number.isFinite(se)) return { value, se: null, interval95: null };
  return { value, se, interval95: interval(statistic, se) };
}

function interval({ value, without }: Jackknifed, se: number): [number, number] {
  const count = without.length;
  const t = studentPoint(count - 1);
  const skew = Math.max(-MAX_SKEW, Math.min(MAX_SKEW, skewness(without) / Math.sqrt(count)));
  const [low, high] = [-t, t].map((point) => studentised(point, skew));
  return [value - high * se, value - low * se];
}

/** Beyond this the transform bends back, and skewness is not known any better than this. */
const MAX_SKEW = 0.4;

/** The point of (θ̂ - θ)/se where Hall's transform of it has the value `point`; `skew` is the skewness of the mean, times √count / count. */
function studentised(point: number, skew: number): number {
  if (Math.abs(skew) < 1e-9) return point;
  return (3 / skew) * (cubeRoot(1 + skew * (point - skew / 6)) - 1);
}

/** Of the influences, which are minus the values without a block. */
function skewness(without: Float64Array): number {
  const mean = meanOf(without);
  let squares = 0;
  let cubes = 0;
  for (const value of without) {
    const influence = mean - value;
    squares += influence * influence;
    // Powers above the second may differ from one engine to the next.
    cubes += influence * influence * influence;
  }
  const variance = squares / without.length;
  return variance > 0 ? cubes / without.length / (variance * Math.sqrt(variance)) : 0;
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
