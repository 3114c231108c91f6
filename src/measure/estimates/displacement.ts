import type { Estimate } from '#core';
import { averageOf, type WeightedSummaries } from './averages.js';
import { meanEstimate } from './intervals.js';
import { boundedVariance, longRunVariance, type IncrementSeries } from './long-run.js';
import type { MotionEstimates, ProbeEstimates } from './motion.js';
import { speed } from './speed.js';

const NO_DIRECTION: Estimate = { value: 0, se: 0 };

/**
 * Motion without a frame: the increments are the displacements d = h' - h themselves, whose bounded error is all of the
 * fluctuation,
 *   E |d_k|^2 = L D + 2 F + |L v|^2,   E d_k.d_(k+1) = -F + |L v|^2,
 * so that D has a larger error than in a frame, by the more the smaller L D is beside F. Valid for lags of a few relaxation
 * times, and while a run moves a representation by little beside its length.
 */
export function displacementEstimates(all: WeightedSummaries, probes: number, lag: number): MotionEstimates {
  const { summaries, weights } = all;
  const mean = averageOf(all, ({ displacement }) => displacement);
  const units = mean.length / probes;
  return {
    probes: Array.from({ length: probes }, (_, k): ProbeEstimates => {
      const own = (values: Float64Array): Float64Array => values.subarray(k * units, (k + 1) * units);
      const increments: IncrementSeries = {
        mean: own(mean),
        weights,
        replicas: summaries.map((summary) => ({
          all: own(summary.displacement),
          head: own(summary.displacementHead),
          tail: own(summary.displacementTail),
          square: summary.displacementSquare[k],
          neighbour: summary.displacementNeighbour[k],
        })),
      };
      const fluctuations = boundedVariance(increments);
      const norms = summaries.map(({ similarity }, i) => similarity[k * probes + k] - fluctuations[i]);
      return {
        squaredNorm: meanEstimate(norms, weights),
        fluctuation: meanEstimate(fluctuations, weights),
        diffusion: longRunVariance(increments, lag),
        halfLife: null,
        directedSpeed: speed(
          increments.replicas.map((replica) => replica.all),
          weights,
          lag,
        ),
        speedAlongDriftDirection: NO_DIRECTION,
      };
    }),
    rotationDiffusion: [],
    velocity: [],
    velocityCovariance: null,
  };
}
