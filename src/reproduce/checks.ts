import { agreement, fitPowerLaw, type Check, type PowerPoint } from '#compare';
import { quantities, type ExtrapolationRecord } from '#experiment';

/**
 * Largest deviation of simulation / theory from 1: less than that of a formula that is wrong by 10%; twice as large for
 * |v|.
 */
const TOLERANCE = { fluctuation: 0.08, diffusion: 0.08, directedSpeed: 0.2 };
type Rate = keyof typeof TOLERANCE;

/**
 * Agreement with 1 of the limits eta -> 0 of simulation / theory, for some probes of a group of learning rates. Their
 * errors include the likely bias of the limit.
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
      return [agreement(quantity, limit.limit, 1, { tolerance: TOLERANCE[rate] })];
    }),
  );
}

/**
 * Agreement of the exponent of a power law in the learning rate. The first correction that the theory does not know is
 * fitted; the uncertainty of the prediction is its next term. Fails if any measured value is not above 0, because there is no power law then.
 */
export function exponentCheck(
  quantity: string,
  points: readonly PowerPoint[],
  predicted: number,
  tolerance: number,
): Check {
  if (!points.every(({ y }) => y.value > 0))
    return agreement(quantity, { value: NaN, se: NaN }, predicted, { tolerance });
  const { exponent, curvature } = fitPowerLaw(points);
  return agreement(quantity, exponent, predicted, { predictedError: Math.abs(curvature), tolerance });
}
