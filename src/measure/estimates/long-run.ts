import type { Estimate } from '#core';
import { dot } from '#linalg';
import { meanEstimate } from './intervals.js';

/** Increments q_k of one replica, of a vector or a single component, over one lag each. */
export interface IncrementMeans {
  /** Mean q: over all increments, without the last, without the first. */
  readonly all: Float64Array;
  readonly head: Float64Array;
  readonly tail: Float64Array;
  /** Mean |q_k|^2 and mean q_k.q_(k+1). */
  readonly square: number;
  readonly neighbour: number;
}

/** Increments of all replicas, their number as weight of each, and their mean over all replicas. */
export interface IncrementSeries {
  readonly replicas: readonly IncrementMeans[];
  readonly weights: readonly number[];
  readonly mean: Float64Array;
}

/** Second moments of one replica's increments about the mean of all replicas: of one increment, and of neighbours. */
function centredMoments(
  { all, head, tail, square, neighbour }: IncrementMeans,
  mean: Float64Array,
  meanSquare: number,
): { own: number; neighbours: number } {
  const ends = dot(head, mean) + dot(tail, mean);
  return { own: square - 2 * dot(all, mean) + meanSquare, neighbours: neighbour - ends + meanSquare };
}

/**
 * The variance per step K of a slow motion whose samples carry a bounded error: q_k = drift + g_(k+1) - g_k over a lag L of a
 * few relaxation times. With G the variance of g and v the directed velocity,
 *   E |q_k|^2 = L K + 2 G + |L v|^2,   E q_k.q_(k+1) = -G + |L v|^2,
 * so that, with m the mean increment of all replicas,
 *   K = [ <|q_k - m|^2> + 2 <(q_k - m).(q_(k+1) - m)> ] / L
 * has no intercept at any L (Bartlett's estimator of a spectrum at frequency 0 with two terms); what is left falls as
 * exp(-2 L / relaxation time).
 */
export const longRunVariance = (series: IncrementSeries, lag: number): Estimate =>
  meanEstimate(longRunVariances(series, lag), series.weights);

/** The same of each replica alone, about the mean of all. */
export function longRunVariances({ replicas, weights, mean }: IncrementSeries, lag: number): number[] {
  const increments = weights.reduce((sum, weight) => sum + weight, 0);
  const meanSquare = dot(mean, mean);
  // The pooled mean takes 3 parts of the variance with it: |L v|^2 is estimated with the error L K / increments.
  const scale = lag * (1 - 3 / increments);
  return replicas.map((replica) => {
    const { own, neighbours } = centredMoments(replica, mean, meanSquare);
    return (own + 2 * neighbours) / scale;
  });
}

/**
 * The variance G of the bounded error in each replica, -<(q_k - m).(q_(k+1) - m)>. Biased upwards by L K / increments, which
 * the pooled mean takes from neighbours.
 */
export function boundedVariance({ replicas, mean }: IncrementSeries): number[] {
  const meanSquare = dot(mean, mean);
  return replicas.map((replica) => -centredMoments(replica, mean, meanSquare).neighbours);
}
