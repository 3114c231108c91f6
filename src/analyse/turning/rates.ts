import { incrementLaw, type IncrementLaw, type WorkingLaw } from '#measure';
import {
  add,
  cholesky,
  diagonal,
  identity,
  symmetricEigen,
  multiply,
  scale,
  solveOrNull,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { log } from '#random';
import { UNKNOWN } from '../codes/jackknife.js';
import type { Measured } from '../report.js';

const ROUNDS = 2;

/** Products of a coordinate's increments, m x m for m increments, row-major. */
export interface IncrementProducts {
  /** Between halves of the trials: free of noise on average. */
  readonly products: Float64Array;
  /** Variance of a coordinate in one session that noise gives it, of all trials. */
  readonly noise: number;
}

/** D and F of coordinates from products of their increments. */
export interface Rates {
  /** D of one coordinate, rad² / T, with an interval of its own. */
  readonly diffusion: (of: IncrementProducts) => Measured;
  /** F of one coordinate, rad². */
  readonly fluctuation: (of: IncrementProducts) => number;
  /** Mean D of several, which are taken to be independent. */
  readonly meanDiffusion: (of: readonly IncrementProducts[]) => Measured;
}

/**
 * Least squares of E p_jk = D δ_jk dt_j + F (2 δ_jk - δ_(j,k±1)) for given products of increments p, with the weights of one working law for all
 * coordinates: that of the mean of `coordinates`, found in rounds as for neurons.
 *
 * Intervals: S sessions have S - 1 increments, and a plane is one coordinate, so that nothing can be left out to tell an error. D̂ = sum B_jk p_jk is
 * taken to be a quadratic form in normal increments of covariance Σ = D K_D + (F(D) + noise) K_F, F(D) what the products leave for F at this D: the
 * interval is all D of which D̂ lies between the 2.5% and 97.5% points of that form. Where every large D is compatible, because the form has both
 * signs, the upper end is the largest D of which increments can be as small as these. Several coordinates are taken to be independent and of one
 * D; where they scatter more than that, errors are enlarged by as much. A steady turn counts as diffusion: no |v|² is fitted, which the few increments
 * of a plane would not tell. Throws RangeError for fewer than two times.
 */
export function ratesOf(times: readonly number[], coordinates: readonly IncrementProducts[]): Rates {
  const gaps = times.slice(1).map((time, j) => time - times[j]);
  let fit = fitOf(gaps, incrementLaw(times, null, false));
  for (let round = 0; round < ROUNDS; round++) {
    const working = workingLaw(fit, coordinates, gaps);
    if (!working) break;
    fit = fitOf(gaps, incrementLaw(times, working, false));
  }
  const own = fit;
  return {
    diffusion: (of) => measuredMean(own, [of]),
    fluctuation: (of) => inner(own.fluctuation, of.products),
    meanDiffusion: (of) => measuredMean(own, of),
  };
}

/** The law as forms in products of increments, and the traces of their cumulants. */
interface Fit {
  /** B of D, and of F. */
  readonly diffusion: Matrix;
  readonly fluctuation: Matrix;
  /** q of F, and I_FD, I_FF: what is left for F at a given D. */
  readonly formF: Matrix;
  readonly informationFD: number;
  readonly informationFF: number;
  readonly gaps: readonly number[];
}

function fitOf(gaps: readonly number[], { forms, information: { data } }: IncrementLaw): Fit {
  const [formD, formF] = forms;
  const [dd, df, , ff] = data;
  const determinant = dd * ff - df * df;
  const combined = (a: number, b: number): Matrix => ({
    ...formD,
    data: formD.data.map((entry, at) => (a * entry + b * formF.data[at]) / determinant),
  });
  return {
    diffusion: combined(ff, -df),
    fluctuation: combined(-df, dd),
    formF,
    informationFD: df,
    informationFF: ff,
    gaps,
  };
}

function secondDifference(size: number): Matrix {
  const result = zeros(size, size);
  for (let j = 0; j < size; j++) {
    result.data[j * size + j] = 2;
    if (j > 0) result.data[j * size + j - 1] = result.data[(j - 1) * size + j] = -1;
  }
  return result;
}

const inner = ({ data }: Matrix, products: Float64Array): number =>
  data.reduce((sum, entry, at) => sum + entry * products[at], 0);

const meanOver = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0) / items.length;

/** D and F + noise of the mean coordinate, with neither below a hundredth of the mean squared increment. */
function workingLaw(fit: Fit, coordinates: readonly IncrementProducts[], gaps: readonly number[]): WorkingLaw | null {
  const noise = meanOver(coordinates, (own) => own.noise);
  const size = gaps.length;
  const squares = meanOver(coordinates, ({ products }) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += products[j * size + j];
    return sum / size;
  });
  const square = squares + 2 * noise;
  if (!(square > 0)) return null;
  const gap = meanOver(gaps, (own) => own);
  return {
    diffusion: Math.max(
      meanOver(coordinates, (own) => inner(fit.diffusion, own.products)),
      (0.01 * square) / gap,
    ),
    fluctuation: Math.max(meanOver(coordinates, (own) => inner(fit.fluctuation, own.products)) + noise, 0.01 * square),
  };
}

const NORMAL_POINT = 1.959963984540054;

function measuredMean(fit: Fit, coordinates: readonly IncrementProducts[]): Measured {
  const count = coordinates.length;
  const values = coordinates.map(({ products }) => inner(fit.diffusion, products));
  const value = meanOver(values, (own) => own);
  if (!Number.isFinite(value)) return UNKNOWN;
  const noise = meanOver(coordinates, (own) => own.noise);
  const formF = meanOver(coordinates, ({ products }) => inner(fit.formF, products));
  const factors = (diffusion: number): Float64Array => {
    const left = (formF - fit.informationFD * diffusion) / fit.informationFF;
    return formFactors(fit, diffusion, Math.max(0, left) + noise);
  };
  const errorAt = (diffusion: number): number =>
    Math.sqrt((2 * factors(Math.max(0, diffusion)).reduce((sum, own) => sum + own * own, 0)) / count);
  const own = errorAt(value);
  // Rates that differ from plane to plane scatter more than errors say.
  const scatter = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (count - 1) / count;
  const enlarged = count > 1 && own > 0 ? Math.sqrt(Math.max(1, scatter / (own * own))) : 1;
  /** The measured value as a normal deviate, if the rate is `diffusion`. */
  const deviate = (diffusion: number): number => formDeviate(factors(diffusion), count, value - diffusion) / enlarged;
  const error = errorAt(0);
  const [low, high] = [NORMAL_POINT, -NORMAL_POINT].map((point) => compatible(value, point, deviate, error));
  return {
    value,
    se: enlarged * own,
    interval95: [low, high < Infinity ? high : largestRate(fit, coordinates, error || own)],
  };
}

/** Eigenvalues of B Σ: a form in increments of this D and F is the sum of these times squares of normal deviates. */
function formFactors({ diffusion: form, gaps }: Fit, diffusion: number, fluctuation: number): Float64Array {
  const size = gaps.length;
  const covariance = add(scale(diagonal(gaps), diffusion), secondDifference(size), fluctuation);
  const root = cholesky(covariance);
  if (!root) return new Float64Array(size);
  return symmetricEigen(multiply(transpose(root), form, root)).values;
}

/** Steps of a search that halves an interval, and the distance from the mean at which the formula is 0 over 0. */
const [HALVINGS, NEAR_MEAN] = [40, 1e-3];

/**
 * A deviation of sum_i λ_i (χ²_i - 1), χ²_i the mean of `count` squares of normal deviates, from its mean 0, as a normal deviate of the same probability:
 * r + ln(v/r)/r at the saddle point t, where K'(t) is the deviation: r² = 2 (t K'(t) - K(t)), v = t K''(t)^(1/2), K the cumulant function
 * (Barndorff-Nielsen 1990, J. R. Stat. Soc. B 52, 485).
 */
function formDeviate(factors: Float64Array, count: number, deviation: number): number {
  const sign = deviation < 0 ? -1 : 1;
  const slope = (t: number): number =>
    sign * factors.reduce((sum, own) => sum + (2 * own * own * t) / (1 - 2 * own * t), 0);
  const size = Math.abs(deviation);
  // K' grows without bound towards the pole on its side; without one it stays below the end of a sum of squares.
  const largest = factors.reduce((most, own) => Math.max(most, sign * own), 0);
  const total = factors.reduce((sum, own) => sum + Math.abs(own), 0);
  if (!(total > 0)) return sign * Infinity;
  let [low, high] = [0, sign / (2 * Math.max(largest, 1e-9 * total))];
  if (slope(high * (1 - 1e-12)) < size) return sign * Infinity;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (slope(middle) < size) low = middle;
    else high = middle;
  }
  const t = low;
  const cumulant = factors.reduce((sum, own) => sum - log(1 - 2 * own * t) / 2 - own * t, 0);
  const curvature = factors.reduce((sum, own) => sum + 2 * (own / (1 - 2 * own * t)) ** 2, 0);
  const r = sign * Math.sqrt(Math.max(0, 2 * count * (t * deviation - cumulant)));
  return Math.abs(r) < NEAR_MEAN ? r : r + log((t * Math.sqrt(count * curvature)) / r) / r;
}

/** Doublings after which a rate has no upper end. */
const DOUBLINGS = 12;

/** The D at which the measured value is the deviate `point`; below 0 as if the error stayed what it is at 0. Infinite where there is none. */
function compatible(value: number, point: number, deviate: (diffusion: number) => number, error: number): number {
  if (deviate(0) <= point) return value - point * error;
  let [low, high] = [0, Math.max(Math.abs(value), error)];
  for (let step = 0; deviate(high) > point; step++) {
    if (step === DOUBLINGS) return Infinity;
    [low, high] = [high, 2 * high];
  }
  for (let step = 0; step < HALVINGS && high - low > 1e-9 * high; step++) {
    const middle = (low + high) / 2;
    if (deviate(middle) > point) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The largest D of which increments can be as small as these without any F: sum of squares δ' (D K_D + noise K_F)⁻¹ δ at the 2.5% point of χ²
 * (Wilson & Hilferty 1931, PNAS 17, 684). F above 0 would make them larger still.
 */
function largestRate({ gaps }: Fit, coordinates: readonly IncrementProducts[], error: number): number {
  const size = gaps.length;
  const freedom = size * coordinates.length;
  const part = 2 / (9 * freedom);
  const root = Math.max(0, 1 - part - NORMAL_POINT * Math.sqrt(part));
  const bound = freedom * root * root * root;
  const noise = meanOver(coordinates, (own) => own.noise);
  const structure = secondDifference(size);
  const sum = coordinates[0].products.map((_, at) =>
    coordinates.reduce((total, own) => total + own.products[at] + noise * structure.data[at], 0),
  );
  const squares = (diffusion: number): number => {
    const inverse = solveOrNull(add(scale(diagonal(gaps), diffusion), structure, noise), identity(size));
    return inverse ? inner(inverse, sum) : Infinity;
  };
  if (!(bound > 0)) return Infinity;
  let [low, high] = [0, error];
  for (let step = 0; squares(high) > bound; step++) {
    if (step === 2 * DOUBLINGS) return Infinity;
    [low, high] = [high, 2 * high];
  }
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (squares(middle) > bound) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
