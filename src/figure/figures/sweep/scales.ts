import type { Axis } from '../../drawing/axis.js';

/** Points of a line of the theory. */
const GRID_POINTS = 100;

/** Logarithmic if all values are above 0 and span a factor. */
export function scaleOf(values: readonly number[], factor: number): Axis['scale'] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && high / low >= factor ? 'log' : 'linear';
}

/** The scale of a swept parameter: logarithmic also where 0 stands beside values above it that span two decades. */
export const parameterScale = (values: readonly number[]): Axis['scale'] =>
  values.includes(0)
    ? scaleOf(
        values.filter((value) => value !== 0),
        100,
      )
    : scaleOf(values, 4);

/** The swept values, and enough values between them for a smooth line in `sweepCurves`. */
export function sweepGrid(values: readonly number[], scale = parameterScale(values)): number[] {
  const isLog = scale === 'log';
  const spanned = isLog ? values.filter((value) => value > 0) : values;
  const [low, high] = [Math.min(...spanned), Math.max(...spanned)];
  const between = Array.from({ length: GRID_POINTS }, (_, k) => {
    const t = k / (GRID_POINTS - 1);
    return isLog ? low * (high / low) ** t : low + t * (high - low);
  });
  return [...new Set([...values, ...between.slice(1, -1)])].sort((a, b) => a - b);
}
