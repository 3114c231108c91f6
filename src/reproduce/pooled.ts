import {
  agreement,
  notAbove,
  pooledMean,
  pooledSquares,
  type Check,
  type Extrapolation,
  type RatioGroup,
} from '#compare';
import { fromData, type Matrix } from '#linalg';
import { quantities, type ExtrapolationRecord } from '#experiment';
import type { ComparedLimits, Evidence, PointEvidence } from './claim.js';
import { pointsOf } from './learning-rates.js';

/** The quantities whose limits are pooled. */
export const pooledQuantities = ['fluctuation', 'diffusion', 'directedSpeed'] as const;
export type PooledQuantity = (typeof pooledQuantities)[number];

/** The ratios of one claim by quantity, from which those of several claims can be pooled once more. */
export type PooledRatios = Readonly<Record<PooledQuantity, readonly RatioGroup[]>>;

/** The limits of simulation / theory that a claim compares, with the covariance between the probes of one simulation. */
export function pooledRatios({ points }: Evidence, compared: readonly ComparedLimits[]): PooledRatios {
  const of = (quantity: PooledQuantity): RatioGroup[] =>
    compared
      .filter(({ rates }) => rates.includes(quantity))
      .map(({ group }) => ratioGroup(group, pointsOf(group, points), quantity))
      .filter(({ ratios }) => ratios.length > 0);
  return { fluctuation: of('fluctuation'), diffusion: of('diffusion'), directedSpeed: of('directedSpeed') };
}

function ratioGroup(
  group: ExtrapolationRecord,
  points: readonly PointEvidence[],
  quantity: PooledQuantity,
): RatioGroup {
  const known = group.probes.flatMap((probe, k) => {
    const limit = probe[quantity];
    return limit ? [{ k, limit }] : [];
  });
  const ordered = group.learningRates.map((rate) =>
    points.find(({ report }) => report.parameters.learningRate === rate),
  );
  const variances = (k: number, weights: readonly number[]): number[] =>
    ordered.map((point, i) => (weights[i] * (point?.report.probes[k].ratio[quantity]?.se ?? 0)) ** 2);
  return {
    ratios: known.map(({ k, limit: { limit, curvature, slope, method, weights } }) => {
      const shares = variances(k, weights);
      const total = shares.reduce((sum, share) => sum + share, 0);
      // Welch and Satterthwaite.
      const squares = shares.reduce((sum, share, i) => sum + share ** 2 / ((ordered[i]?.report.replicas ?? 2) - 1), 0);
      return {
        ratio: limit,
        bias: biasOf({ curvature, slope, method }),
        freedom: total ** 2 / squares,
      };
    }),
    covariance: covarianceOf(known, ordered, quantity),
  };
}

/**
 * The likely bias less what noise of the slope makes of it on average, where that is known: the curvature of a straight line is in proportion to
 * its square. That against the next order is about in proportion to the slope itself, and counts as far as it stands out. That of drift by
 * two noises hardly depends on it.
 */
function biasOf({
  curvature,
  slope: { value, se },
  method,
}: Pick<Extrapolation, 'curvature' | 'slope' | 'method'>): number {
  if (method === 'bySource') return curvature;
  if (value === 0) return 0;
  const share = 1 - (se / value) ** 2;
  return curvature * (method === 'straightLine' ? share : Math.max(0, share));
}

/** Cov of the limits, each the sum of its weights times the ratios; null where a point does not know that of its probes. */
function covarianceOf(
  known: readonly { readonly k: number; readonly limit: { readonly weights: readonly number[] } }[],
  ordered: readonly (PointEvidence | undefined)[],
  quantity: PooledQuantity,
): Matrix | null {
  const size = known.length;
  if (ordered.length === 0) return null;
  const result = new Float64Array(size * size);
  for (const [i, point] of ordered.entries()) {
    const covariance = point?.covariances?.[quantity];
    // A fit of fewer rates than the group has, which lack a ratio, has other weights.
    if (!point || !covariance || known.some(({ limit }) => limit.weights.length !== ordered.length)) return null;
    const theory = (k: number): number => point.report.probes[k][quantity];
    known.forEach((a, row) => {
      known.forEach((b, column) => {
        const own = covariance.data[a.k * covariance.cols + b.k] / (theory(a.k) * theory(b.k));
        result[row * size + column] += a.limit.weights[i] * b.limit.weights[i] * own;
      });
    });
  }
  return fromData(size, size, result);
}

/** Largest error of a mean, for a third of which a difference would be seen. */
const TOLERANCE: Readonly<Record<PooledQuantity, number>> = { fluctuation: 0.08, diffusion: 0.08, directedSpeed: 0.2 };

/** Agreement of the mean ratio of each quantity with 1, and of the mean z^2 of all of them with what chance makes of it. */
export function pooledChecks(ratios: PooledRatios, name: (quantity: PooledQuantity, count: number) => string): Check[] {
  const means = pooledQuantities.flatMap((quantity) => {
    const groups = ratios[quantity];
    if (groups.length === 0) return [];
    const { count, value, statisticalError, bias } = pooledMean(groups);
    const mean = { value, se: statisticalError };
    return [
      agreement(name(quantity, count), mean, 1, { predictedError: bias, tolerance: TOLERANCE[quantity], pooled: true }),
    ];
  });
  const all = pooledQuantities.flatMap((quantity) => ratios[quantity]);
  if (all.length === 0) return [];
  return [...means, notAbove(`mean z² of ${pooledSquares(all).count} limits`, pooledSquares(all))];
}

/** `D of 12 limits together: simulation / theory, η → 0`. */
export const nameOfPooled = (quantity: PooledQuantity, count: number): string =>
  `${quantities[quantity].symbol} of ${count} limits together: simulation / theory, η → 0`;
