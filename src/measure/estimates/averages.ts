import type { Estimate } from '#core';
import type { ReplicaSummary } from '../sampling/summary.js';
import { meanEstimate } from './intervals.js';

/** The summaries of all replicas, each weighted by its increments. */
export interface WeightedSummaries {
  readonly summaries: readonly ReplicaSummary[];
  readonly weights: readonly number[];
}

/** Mean over replicas of arrays of one length. */
export function averageOf(
  { summaries, weights }: WeightedSummaries,
  pick: (summary: ReplicaSummary) => Float64Array,
): Float64Array {
  const result = new Float64Array(pick(summaries[0]).length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  summaries.forEach((summary, k) => {
    const values = pick(summary);
    for (let i = 0; i < result.length; i++) result[i] += (weights[k] * values[i]) / total;
  });
  return result;
}

/** Mean over replicas of a number, with the error from their scatter. */
export const averageEstimate = (
  { summaries, weights }: WeightedSummaries,
  value: (summary: ReplicaSummary) => number,
): Estimate => meanEstimate(summaries.map(value), weights);
