import { fields, type NumberKey } from './fields.js';

/** Positions of a slider before those with equal numbers are merged. */
const POSITIONS = 300;
const stops = new Map<NumberKey, readonly number[]>();

/**
 * The numbers at which a slider stops, ascending and all different: two significant digits on a log scale, else two
 * decimals.
 */
export function sliderStops(key: NumberKey): readonly number[] {
  const known = stops.get(key);
  if (known) return known;
  const { min, max, integer, scale } = fields[key];
  const numbers = Array.from({ length: POSITIONS + 1 }, (_, k) => {
    const fraction = k / POSITIONS;
    const value = scale === 'log' ? min * (max / min) ** fraction : min + fraction * (max - min);
    const rounded = scale === 'log' ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100;
    return integer ? Math.round(rounded) : rounded;
  });
  const found = [...new Set(numbers)];
  stops.set(key, found);
  return found;
}

/** Index of the number that is nearest to a value. */
export const nearestStop = (numbers: readonly number[], value: number): number =>
  numbers.reduce((best, number, k) => (Math.abs(number - value) < Math.abs(numbers[best] - value) ? k : best), 0);
