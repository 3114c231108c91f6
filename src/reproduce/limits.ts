import { agreement, fitPowerLaw, type Check } from '#compare';
import type { Estimate } from '#core';
import { quantities, type ExtrapolationRecord, type PointRecord } from '#experiment';

/** How far simulation / theory may be off 1 at most: less than a formula that is wrong by a tenth, twice that for directed drift. */
const TOLERANCE = { fluctuation: 0.08, diffusion: 0.08, directedSpeed: 0.2 };
type Rate = keyof typeof TOLERANCE;

/**
 * Agreements of simulation / theory at eta -> 0 with 1, for some probes of a group of learning rates. The prediction's own
 * uncertainty is what a curvature of the ratio in eta would add to a limit found by a straight line.
 */
export function limitChecks(
  { probes }: ExtrapolationRecord,
  where: string,
  { rates, chosen, name }: { rates: readonly Rate[]; chosen: readonly number[]; name: (k: number) => string },
): Check[] {
  return chosen.flatMap((k) =>
    rates.flatMap((rate) => {
      const limit = probes[k][rate];
      if (!limit) return [];
      const quantity = `${quantities[rate].symbol} of ${name(k)}${where === '' ? '' : `, ${where}`}: simulation / theory, η → 0`;
      return [
        agreement(quantity, limit.limit, 1, {
          predictedError: Math.abs(limit.curvature),
          tolerance: TOLERANCE[rate],
        }),
      ];
    }),
  );
}

/**
 * Agreement of the exponent of a power law in the learning rate, its first correction fitted, with the next term of that
 * correction as uncertainty of the prediction. Fails where a measured value is not above 0, for then there is no power law.
 */
export function exponentCheck(
  quantity: string,
  points: readonly { readonly x: number; readonly y: Estimate }[],
  predicted: number,
  tolerance: number,
): Check {
  if (!points.every(({ y }) => y.value > 0))
    return agreement(quantity, { value: NaN, se: NaN }, predicted, { tolerance });
  const { exponent, curvature } = fitPowerLaw(points);
  return agreement(quantity, exponent, predicted, { predictedError: Math.abs(curvature), tolerance });
}

export const rateOf = ({ parameters }: Pick<PointRecord, 'parameters'>): number => parameters.learningRate as number;

/** The points of a group of learning rates, fastest first. */
export function groupOf<P extends { readonly record: Pick<PointRecord, 'parameters'> }>(
  { parameters }: ExtrapolationRecord,
  points: readonly P[],
): P[] {
  const same = ({ record }: P): boolean =>
    Object.entries(parameters).every(
      ([key, value]) => JSON.stringify(record.parameters[key]) === JSON.stringify(value),
    );
  return points.filter(same).sort((a, b) => rateOf(b.record) - rateOf(a.record));
}
