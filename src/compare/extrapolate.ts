import type { Estimate } from '#core';
import { weightedLine, type Line } from './weighted-line.js';

/** Ratio simulation / theory at one learning rate. */
export interface RatePoint {
  readonly learningRate: number;
  readonly ratio: Estimate;
  /** The same ratio by the next order of the theory, 1 + c eta; null or missing where that is not known. */
  readonly nextOrder?: number | null;
  /** Of a theory of two parts the one that vanishes beside the other at small learning rates; null or missing where there is none. */
  readonly vanishing?: VanishingPart | null;
}

/** Drift by noise of learning, of order eta^3, beside that by synaptic noise, of order eta or eta^2. */
export interface VanishingPart {
  /** Its share of the theory at this learning rate. */
  readonly share: number;
  /** Its own next order over its leading order, 1 + c eta; null where that is not known. */
  readonly nextOrder: number | null;
}

/** What the ratios are taken to be at small learning rates. */
export type LimitMethod = 'nextOrder' | 'straightLine' | 'bySource';

/** The ratio at eta -> 0. */
export interface Extrapolation {
  /** Its error has the statistical one and the likely bias in quadrature. */
  readonly limit: Estimate;
  readonly method: LimitMethod;
  /** Next order: of simulation / next order over eta^2. Otherwise of the ratio over eta, c of ratio = limit (1 + c eta) to first order. */
  readonly slope: Estimate;
  /** Weighted sum of squared residuals; expected: rates - 2. */
  readonly chiSquare: number;
  /** From the errors of the ratios alone. */
  readonly statisticalError: number;
  /** Likely bias of the limit: what the first term that is not fitted would add to it. */
  readonly curvature: number;
  /** The limit is the sum of these times the ratios, in the order of the points. */
  readonly weights: readonly number[];
}

/**
 * The limit eta -> 0 of ratio simulation / theory, weighted by 1/se^2. The theory is the leading order, so that ratio = 1 + c eta + O(eta^2).
 * Where c is known at every rate, (ratio / (1 + c eta)) is a straight line in eta^2, and what is left of order eta^3 is taken to be
 * d max(|c|, sqrt(|d|)), d the slope. Otherwise the ratio is a straight line in eta, and its curvature is taken to be c^2. No straight
 * line are ratios of which a part w vanishes, see `bySource`. The rates must be small enough for the line to fit (see chiSquare). Null for fewer than three different rates or errors that are not
 * positive and finite.
 */
export function extrapolateToZeroRate(points: readonly RatePoint[]): Extrapolation | null {
  if (new Set(points.map(({ learningRate }) => learningRate)).size < 3) return null;
  if (!points.every(({ ratio: { se } }) => se > 0 && Number.isFinite(se))) return null;
  const known = points.map(({ nextOrder }) => nextOrder ?? 0);
  if (known.every((value) => value > 0)) return againstNextOrder(points, known);
  const parts = points.flatMap(({ vanishing }) => vanishing ?? []);
  return parts.length === points.length ? bySource(points, parts) : straightLine(points);
}

function againstNextOrder(points: readonly RatePoint[], expected: readonly number[]): Extrapolation {
  const line = weightedLine(
    points.map(({ learningRate: eta, ratio: { value, se } }, i) => ({
      x: eta * eta,
      y: { value: value / expected[i], se: se / expected[i] },
    })),
  );
  const change = Math.max(...points.map(({ learningRate: eta }, i) => Math.abs(expected[i] - 1) / eta));
  const d = Math.abs(line.slope.value);
  const cubic = d * Math.max(change, Math.sqrt(d));
  const curvature = cubic * line.weights.reduce((sum, weight, i) => sum + weight * points[i].learningRate ** 3, 0);
  return extrapolation(
    'nextOrder',
    { ...line, weights: line.weights.map((weight, i) => weight / expected[i]) },
    curvature,
  );
}

function straightLine(points: readonly RatePoint[]): Extrapolation {
  const line = weightedLine(points.map(({ learningRate: x, ratio: y }) => ({ x, y })));
  const squares = line.weights.reduce((sum, weight, i) => sum + weight * points[i].learningRate ** 2, 0);
  return extrapolation('straightLine', line, line.slope.value ** 2 * squares);
}

/**
 * Of two parts ratio = (1 - w)(1 + c eta) + w (1 + c' eta), where the share w itself is about in proportion to eta^2 or eta. Where c' is
 * known at every rate, ratio / (1 + w c' eta) is a straight line in (1 - w) eta / (1 + w c' eta); what is left is taken to be
 * (1 - w)(c eta)^2 + w (c' eta)^2. Otherwise c' is taken for c, by which it may be off: by w c eta, and (c eta)^2.
 */
function bySource(points: readonly RatePoint[], parts: readonly VanishingPart[]): Extrapolation {
  const isKnown = parts.every(({ nextOrder }) => nextOrder !== null);
  const expected = parts.map(({ share, nextOrder }) => (isKnown ? 1 + share * ((nextOrder ?? 1) - 1) : 1));
  const line = weightedLine(
    points.map(({ learningRate, ratio: { value, se } }, i) => ({
      x: (learningRate * (isKnown ? 1 - parts[i].share : 1)) / expected[i],
      y: { value: value / expected[i], se: se / expected[i] },
    })),
  );
  const weights = line.weights.map((weight, i) => weight / expected[i]);
  const left = points.map(({ learningRate }, i) => {
    const { share, nextOrder } = parts[i];
    const change = line.slope.value * learningRate;
    return isKnown ? (1 - share) * change ** 2 + share * ((nextOrder ?? 1) - 1) ** 2 : change ** 2 + share * change;
  });
  const curvature = weights.reduce((sum, weight, i) => sum + weight * left[i], 0);
  return extrapolation('bySource', { ...line, weights }, curvature);
}

const extrapolation = (
  method: LimitMethod,
  { intercept: { value, se }, slope, chiSquare, weights }: Line,
  curvature: number,
): Extrapolation => ({
  limit: { value, se: Math.hypot(se, curvature) },
  method,
  slope,
  chiSquare,
  statisticalError: se,
  curvature,
  weights,
});
