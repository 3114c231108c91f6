import { agreement, extrapolateToZeroRate, type Check } from '#compare';
import type { Estimate } from '#core';
import type { PointEvidence } from '../claim.js';
import { rateOf } from '../learning-rates.js';
import { lossOf } from './lagged-products.js';

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Rate of decay of the self-correlation over that of the leading order, mean over the probes, and the same by the next order. */
function decayRatio({ decay, prepared: { prediction, next, best } }: PointEvidence): {
  readonly ratio: Estimate;
  readonly nextOrder: number | null;
} {
  if (!decay) throw new RangeError('a rate of decay needs trajectories');
  const { lags, products } = decay;
  const probes = prediction.probes.map((_, k) => {
    const leading = lossOf(prediction, lags, k);
    const means = [0, 1].map((lag) => meanOf(products.map((replica) => replica[k][lag])));
    return { leading, means, ratio: Math.log(means[0] / means[1]) / leading };
  });
  // To first order in their deviation, what each replica adds to the mean over the probes.
  const shares = products.map((replica) =>
    meanOf(probes.map(({ leading, means }, k) => (replica[k][0] / means[0] - replica[k][1] / means[1]) / leading)),
  );
  const variance = shares.reduce((sum, share) => sum + share * share, 0) / (shares.length - 1);
  const beyond = next ?? best;
  return {
    ratio: { value: meanOf(probes.map(({ ratio }) => ratio)), se: Math.sqrt(variance / shares.length) },
    nextOrder: beyond ? meanOf(probes.map(({ leading }, k) => lossOf(beyond, lags, k) / leading)) : null,
  };
}

/** Difference of the rate of decay that has to be seen. */
const TOLERANCE = 0.05;

/** Agreement of the rate of decay with the theory at eta -> 0, of all probes together. */
export function decayRateCheck(points: readonly PointEvidence[]): Check {
  const fit = extrapolateToZeroRate(
    points.map((point) => ({ learningRate: rateOf(point.report), ...decayRatio(point) })),
  );
  if (!fit) throw new RangeError('a limit needs three learning rates');
  return agreement('rate of decay of the self-correlation of all probes: simulation / theory, η → 0', fit.limit, 1, {
    tolerance: TOLERANCE,
    pooled: true,
  });
}
