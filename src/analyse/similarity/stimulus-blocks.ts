import type { Measured } from '../report.js';
import { UNKNOWN } from '../codes/jackknife.js';
import { studentPoint } from '#measure';

const MAX_SINGLE = 24;
const BLOCKS = 10;

/** Neighbouring stimuli in blocks, for the errors of similarities: each stimulus is its own up to 24. */
export interface StimulusBlocks {
  readonly count: number;
  /** Block b is the stimuli from bounds[b] on, up to bounds[b + 1]. */
  readonly bounds: readonly number[];
  readonly subsets: number;
  /** What is outside two blocks; -1 leaves none out. The same object each time. */
  without(one: number, two: number): Subset;
}

/** Blocks that are left, and their stimuli. */
export interface Subset {
  /** Another one for each subset, below `subsets`. */
  readonly index: number;
  readonly blocks: readonly number[];
  readonly stimuli: readonly number[];
}

export function stimulusBlocks(stimuli: number): StimulusBlocks {
  const count = stimuli <= MAX_SINGLE ? stimuli : BLOCKS;
  const bounds = Array.from({ length: count + 1 }, (_, b) => Math.ceil((b * stimuli) / count));
  const kept: Subset[] = [];
  const subset = (index: number, one: number, two: number): Subset => {
    const blocks = range(0, count).filter((b) => b !== one && b !== two);
    return { index, blocks, stimuli: blocks.flatMap((b) => range(bounds[b], bounds[b + 1])) };
  };
  return {
    count,
    bounds,
    subsets: (count + 1) * (count + 1),
    without: (one, two) => {
      const index = (one + 1) * (count + 1) + two + 1;
      return (kept[index] ??= subset(index, one, two));
    },
  };
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, k) => from + k);

/** A statistic of all stimuli, without each block, and without each two (row-major, above the diagonal). */
export interface Deletions<T> {
  readonly all: T;
  readonly without: readonly T[];
  readonly withoutTwo: readonly (readonly T[])[];
}

export function deletions<T>({ count }: StimulusBlocks, of: (one: number, two: number) => T): Deletions<T> {
  const blocks = Array.from({ length: count }, (_, k) => k);
  return {
    all: of(-1, -1),
    without: blocks.map((one) => of(one, -1)),
    withoutTwo: blocks.map((one) => blocks.slice(one + 1).map((two) => of(one, two))),
  };
}

export const mapDeletions = <T, U>(from: Deletions<T>, of: (value: T) => U): Deletions<U> => ({
  all: of(from.all),
  without: from.without.map(of),
  withoutTwo: from.withoutTwo.map((row) => row.map(of)),
});

/** Of several statistics of the same blocks, one of the vectors of all. */
export const deletionsOf = <T>(parts: readonly Deletions<T>[]): Deletions<readonly T[]> => ({
  all: parts.map(({ all }) => all),
  without: (parts[0]?.without ?? []).map((_, b) => parts.map(({ without }) => without[b])),
  withoutTwo: (parts[0]?.withoutTwo ?? []).map((row, b) =>
    row.map((_, c) => parts.map(({ withoutTwo }) => withoutTwo[b][c])),
  ),
});

/**
 * Value, error and interval of a statistic of pairs of stimuli. The jackknife counts the variance that comes from pairs twice; deleting two
 * blocks at a time tells that part (Efron & Stein 1981, Annals of Statistics 9, 586, eq. 4.2):
 *   Var = Var_jackknife - sum over pairs of blocks (Q - mean Q)² / (B (B - 1)),   Q = B θ - (B - 1)(θ_(-b) + θ_(-c)) + (B - 2) θ_(-b,-c).
 * At least half of Var_jackknife is kept. Student's t with B - 1 degrees of freedom.
 */
export function measuredOverStimuli(statistic: Deletions<number>): Measured {
  const { all, without } = statistic;
  if (!Number.isFinite(all)) return UNKNOWN;
  if (!tellsError(without)) return { value: all, se: null, interval95: null };
  const se = Math.sqrt(variance(statistic));
  const t = studentPoint(without.length - 1);
  return { value: all, se, interval95: [all - t * se, all + t * se] };
}

/** Two statistics of pairs of stimuli, of which the ratio is wanted. */
interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * A ratio of statistics of pairs of stimuli, with the interval of Fieller (1954, J. R. Stat. Soc. B 16, 175): all θ for which
 * numerator - θ denominator is compatible with 0. No value where the denominator is not known to be above 0: any ratio would be compatible.
 */
export function ratioOverStimuli(ratio: Deletions<Ratio>): Measured {
  const { numerator, denominator } = ratio.all;
  const value = numerator / denominator;
  if (!Number.isFinite(value)) return UNKNOWN;
  const residuals = mapDeletions(ratio, (own) => own.numerator - value * own.denominator);
  if (!tellsError(residuals.without)) return { value, se: null, interval95: null };
  const [above, below] = [ratio.without.map((own) => own.numerator), ratio.without.map((own) => own.denominator)];
  const t = studentPoint(above.length - 1);
  const own = variance(residuals);
  // Of what the jackknife counts twice, numerator and denominator lose the same part as their difference.
  const scale = t * t * (own / jackknifeProduct(residuals.without, residuals.without) || 1);
  const square = denominator * denominator - scale * jackknifeProduct(below, below);
  if (!(denominator > 0 && square > 0)) return UNKNOWN;
  const middle = numerator * denominator - scale * jackknifeProduct(above, below);
  const last = numerator * numerator - scale * jackknifeProduct(above, above);
  const half = Math.sqrt(Math.max(0, middle * middle - square * last));
  return { value, se: Math.sqrt(own) / denominator, interval95: [(middle - half) / square, (middle + half) / square] };
}

const tellsError = (without: readonly number[]): boolean => without.length >= 3 && without.every(Number.isFinite);

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** (B - 1)/B sum (x_(-b) - mean)(y_(-b) - mean): Var_jackknife of a statistic with itself. */
function jackknifeProduct(x: readonly number[], y: readonly number[]): number {
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  return ((x.length - 1) / x.length) * x.reduce((sum, value, b) => sum + (value - meanX) * (y[b] - meanY), 0);
}

/** Var_jackknife without what it counts twice. */
function variance({ all, without, withoutTwo }: Deletions<number>): number {
  const count = without.length;
  const jackknife = jackknifeProduct(without, without);
  const interactions = withoutTwo.flatMap((row, b) =>
    row.map((value, k) => count * all - (count - 1) * (without[b] + without[b + 1 + k]) + (count - 2) * value),
  );
  const centre = meanOf(interactions);
  const twice = interactions.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (count * (count - 1));
  return Math.max(jackknife - (Number.isFinite(twice) ? twice : 0), jackknife / 2);
}
